// By which keys is an address found again, whatever its order, its abbreviations and its alphabet?
import { heardAs, looselyOf } from './sound.ts'

const loosely = (words: string) => new Set(heardAs(words).flatMap(looselyOf))

// What kind of street, house or place it is says nothing that the name does not say.
const kinds = loosely(
  `tänav tn tee maantee mnt puiestee pst põik väljak allee kvartal ul улица ул ulitsa пр проспект prospekt шоссе sosse бульвар бул
   переулок пер pereulok str street st road rd д дом dom maja m korter krt kv кв квартира kvartira apt k talu хутор
   linn linna g г город gorod vald valla волость alevik aleviku alev küla деревня посёлок поселок пос maakond maakonna maa mk уезд eesti estonia эстония`,
)
// The towns of Estonia; what stands beside a street and is one of them says where the street is.
const towns = loosely(
  `tallinn tallinna tartu narva pärnu viljandi rakvere kuressaare sillamäe valga võru jõhvi haapsalu keila paide saue elva põlva tapa
   jõgeva rapla kiviõli türi kärdla sindi maardu paldiski tõrva otepää räpina põltsamaa mustvee kallaste kunda loksa võhma antsla püssi
   kohtla järve kehra lihula tamsalu`,
)
// Tallinna is of Tallinn, and Russian has a form of its own.
const townOf = (word: string) => (word === 'talina' ? 'talin' : word)

type Address = { town: string; streets: string[]; house: string; flat: string }

function read(text: string): Address {
  const words = looselyOf(text.replace(/\b\d{5}\b/g, ' ').replace(/(\d)\s+([a-zа-я])(?=\s*(?:[-–/,]|$))/giu, '$1$2'))
  const numbers = words.filter((word) => /^\d{1,4}[a-z]?$/.test(word))
  const names = words.filter((word) => !/\d/.test(word) && word.length > 1 && !kinds.has(word))
  const known = names.filter((word) => towns.has(word)).map(townOf)
  const own = names.filter((word) => !towns.has(word))
  const joined = (list: string[]) => [...new Set(list)].toSorted().join(' ')
  const door = { house: numbers[0] ?? '', flat: numbers[1] ?? '' }
  if (own.length > 0) return { town: joined(known), streets: [joined(own)], ...door }
  // Narva street of Tartu: which of the two names the street nobody can tell.
  return { town: known.length > 1 ? joined(known) : '', streets: known, ...door }
}

type AddressKey = { class: 'address' | 'house' | 'street'; text: string }

function keysOf({ town, streets, house, flat }: Address): AddressKey[] {
  const [street = ''] = streets
  const named = streets.length > 1 ? town : `${town}|${street}`
  // A farm has a name and no number; one word alone is half the country.
  const whole = /.[ |]./.test(named)
  if (street.length < 2) return []
  if (!house) return whole ? [{ class: 'address', text: named }] : []
  return [
    ...(whole ? [{ class: 'address' as const, text: `${named}|${house}|${flat}` }] : []),
    // Somebody in the same house, told or not told at which door.
    ...(whole ? [{ class: 'house' as const, text: `${named}|${house}` }] : []),
    // The same street and door, where one of them has not said in which town.
    ...streets.map((one) => ({ class: 'street' as const, text: `${one}|${house}|${flat}` })),
  ]
}

export const addressKeys = (text: string): AddressKey[] => heardAs(text).flatMap((form) => keysOf(read(form)))
