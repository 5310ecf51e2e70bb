// How are the numbers and places of an invented Estonia written by different people?
import type { Random } from '../../db/seed/random.ts'
import { inRussian, unmarked, words } from './names.ts'

export const phoneOf = (random: Random) => `5${random.whole(1_000_000, 9_999_999)}`
export const typedPhone = (random: Random, digits: string): string => {
  const spaced = `${digits.slice(0, 4)} ${digits.slice(4)}`
  return random.pick([
    digits,
    spaced,
    `+372 ${spaced}`,
    `+372${digits}`,
    `00372 ${digits}`,
    `372${digits}`,
    digits.replace(/(...)(..)(...)/, '$1-$2-$3'),
    `(+372) ${digits}`,
    `tel. ${spaced}`,
  ])
}

const streets =
  words(`Kivi Lepiku Õismäe Sõpruse Mustamäe Pärnu Narva Tähe Riia Kalda Võru Jaama Põhja Ülikooli Vabaduse Raua Kreutzwaldi Rüütli Puškini Kerese Mõisa Ööbiku
  Jõe Käo Linnu Lõuna Sääse Tööstuse Aardla Ringi Soola Turu Veski Kooli Metsa Aia`)
const towns = words(
  `Tallinn Tartu Narva Pärnu Viljandi Jõhvi Sillamäe Võru Valga Põlva Rakvere Türi Otepää Kiviõli Haapsalu`,
)
export type Address = { street: string; town: string; house: number; letter: string; flat: number | null }
export const addressOf = (random: Random): Address => ({
  street: random.pick(streets),
  town: random.pick(towns),
  house: random.whole(1, 120),
  letter: random.chance(0.15) ? 'a' : '',
  flat: random.chance(0.6) ? random.whole(1, 90) : null,
})

export function typedAddress(
  random: Random,
  { street, town, house, letter, flat }: Address,
  wholly = random.chance(0.9),
): string {
  const russian = random.chance(0.2)
  const number = `${house}${random.chance(0.5) ? letter : letter.toUpperCase()}`
  if (russian) {
    const door =
      flat === null
        ? `д. ${number}`
        : random.pick([`д. ${number}, кв. ${flat}`, `д ${number} кв ${flat}`, `${number}-${flat}`])
    const line = `${random.pick(['ул. ', 'улица ', ''])}${inRussian(street)}, ${door}`
    return wholly ? random.pick([`г. ${inRussian(town)}, ${line}`, `${inRussian(town)}, ${line}`]) : line
  }
  const door =
    flat === null
      ? number
      : random.pick([
          `${number}-${flat}`,
          `${number}–${flat}`,
          `${number} krt ${flat}`,
          `${number} - ${flat}`,
          `${number}/${flat}`,
        ])
  const line = `${street}${random.pick([' tn', ' tänav', '', ''])} ${door}`
  const whole = random.pick([
    `${line}, ${town}`,
    `${town}, ${line}`,
    `${line}, ${random.whole(10_000, 99_999)} ${town}`,
    `${line}, ${town} linn`,
    `${line} ${town}`,
  ])
  return random.pick([(text: string) => text, unmarked, (text: string) => text.toUpperCase()])(wholly ? whole : line)
}

export const plateOf = (random: Random) =>
  `${random.whole(100, 999)}${[0, 0, 0].map(() => random.pick([...'ABCDEFGHIJKLMNOPRSTUVXYZ'])).join('')}`
export const typedPlate = (random: Random, plate: string) => {
  const [digits, letters] = [plate.slice(0, 3), plate.slice(3)]
  return random.pick([
    plate,
    `${digits} ${letters}`,
    `${digits}-${letters}`,
    plate.toLowerCase(),
    `hall kaubik, ${digits} ${letters}`,
  ])
}

const firms = words(
  `Näidisehitus Põhjatäht Kalakombinaat Õunaaed Tõrvapuit Merelaevandus Lõunakeskus Sõbralik Turvamees Jõeäär Metsatööd Küttepuu Hansatrans Rannapagar Säästuhall`,
)
export const firmOf = (random: Random) =>
  `${random.pick(firms)}${random.chance(0.6) ? ` ${random.pick(words('Grupp Teenused Haldus Eesti Logistika Puhastus'))}` : ''}`
export const typedFirm = (random: Random, firm: string) =>
  random.pick([
    firm,
    `${firm} OÜ`,
    `OÜ ${firm}`,
    `AS „${firm}“`,
    `osaühing ${firm}`,
    `"${firm}" AS`,
    unmarked(firm),
    firm.toUpperCase(),
    `ООО ${inRussian(firm)}`,
  ])

export const schoolOf = (random: Random) => {
  const town = random.pick(words('Tartu Narva Pärnu Viljandi Jõhvi Võru Kohtla'))
  return random.chance(0.5)
    ? {
        name: `${town} ${random.pick(words('Näidis Põhja Kesklinna Tamme Kivilinna Pähkli'))}`,
        small: random.chance(0.4),
      }
    : { name: `${town} ${random.whole(1, 60)}.`, small: false }
}
export const typedSchool = (random: Random, { name, small }: ReturnType<typeof schoolOf>) =>
  small
    ? random.pick([
        `${name} lasteaed`,
        `${name} Lasteaed`,
        `${name.toUpperCase()} LASTEAED`,
        unmarked(`${name} lasteaed`),
      ])
    : random.pick([
        `${name} kool`,
        `${name} Kool`,
        `${name} gümnaasium`,
        `${name} Põhikool`,
        unmarked(`${name} keskkool`),
        `${name} kool, 3. klass`,
      ])
