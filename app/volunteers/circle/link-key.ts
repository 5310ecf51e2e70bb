// In which form is a name, a number or a place compared, so that it is found again however it was written – and nothing else is?
import { phoneFrom } from '../volunteer-input.ts'
import { addressKeys } from './address-key.ts'
import type { CircleKind, LinkClass } from './circle.ts'
import { heardAs, looselyOf } from './sound.ts'

export type LinkKey = { class: LinkClass; text: string }

const most = 40
const distinct = (keys: LinkKey[]): LinkKey[] =>
  [...new Map(keys.map((key) => [`${key.class}/${key.text}`, key])).values()].slice(0, most)

// What people write beside a former name.
const besideNames = new Set(
  'sünd sündinud sünninimi neiuna neiupõlvenimi endine varem born nee maiden урожд урожденная урождённая бывш бывшая ранее'
    .split(' ')
    .flatMap(looselyOf),
)
const nameWords = (text: string) =>
  looselyOf(text)
    .filter((word) => word.length > 1 && !besideNames.has(word))
    .slice(0, 8)

const pairOf = (a: string, b: string) => [a, b].toSorted().join('|')
const named = (pairs: string[]): LinkKey[] => pairs.map((text) => ({ class: 'name', text }))

type Named = { givenName?: string | undefined; familyName?: string | undefined; formerNames?: string | undefined }

/** A name whose parts are known: each given with each family name there is or was. Half a name would find half the country. */
export function personKeys(of: Named): LinkKey[] {
  const forms = heardAs(`${of.givenName ?? ''}\n${of.familyName ?? ''} ${of.formerNames ?? ''}`)
  const pairs = forms.flatMap((form) => {
    const [given = '', family = ''] = form.split('\n')
    const families = nameWords(family)
    return nameWords(given).flatMap((one) => families.flatMap((other) => (one === other ? [] : pairOf(one, other))))
  })
  return distinct(named(pairs))
}

/** A name as one line, in whichever order. */
const nameKeys = (line: string): LinkKey[] =>
  heardAs(line).flatMap((form) => {
    const words = nameWords(form)
    const pairs = words.flatMap((one, at) =>
      words.slice(at + 1).flatMap((other) => (one === other ? [] : pairOf(one, other))),
    )
    return named(pairs)
  })

/** Every telephone number in a text, in any usual spelling. */
export function phoneKeys(text: string): LinkKey[] {
  const found = text.match(/(?:\+|\b)\d[\d\s().-]{5,18}\d\b/g) ?? []
  return found.flatMap((typed) => {
    const number = phoneFrom(typed.trim())
    return number ? [{ class: 'phone' as const, text: number }] : []
  })
}

// On a plate these are the same sign.
const latin: Record<string, string> = Object.fromEntries(
  [...'АВЕКМНОРСТУХ'].map((letter, at) => [letter, 'ABEKMHOPCTYX'[at] ?? '']),
)
const plate = (text: string) => text.toUpperCase().replace(/[А-Я]/g, (letter) => latin[letter] ?? letter)

/** Plates of Estonian cars in a text. */
export function plateKeys(text: string): LinkKey[] {
  const found = plate(text).matchAll(/(?<![\dA-Z])(\d{2,3})[\s-]?([A-Z]{3})(?![\dA-Z])/g)
  return [...found].map(([, digits = '', letters = '']) => ({ class: 'car', text: `${digits}${letters}` }))
}

function carKeys(line: string): LinkKey[] {
  const known = plateKeys(line)
  if (known.length > 0) return known
  const whole = plate(line).replace(/[^A-Z\d]/g, '')
  return whole.length >= 4 && whole.length <= 10 && /\d/.test(whole) ? [{ class: 'car', text: whole }] : []
}

const looselySet = (words: string) => new Set(heardAs(words).flatMap(looselyOf))
const forms = looselySet(
  'oü as mtü sa fie tü uü osaühing aktsiaselts mittetulundusühing sihtasutus ооо ао оао ltd ou llc',
)
const schools: [kind: string, words: Set<string>][] = [
  ['lasteaed', looselySet('lasteaed lasteaias la lasteaed-algkool sõim lastesõim детсад садик kindergarten detsad')],
  [
    'kool',
    looselySet(
      'kool koolis gümnaasium gümn riigigümnaasium põhikool pk keskkool algkool школа гимназия основная school gymnasium',
    ),
  ],
]
const besideSchools = looselySet('детский сад средняя eesti')
const towns: Record<string, string> = { tln: 'talina', trt: 'tartu', tallin: 'talina', talin: 'talina' }

function placeKeys(of: 'work' | 'school', line: string): LinkKey[] {
  const told = of === 'school' ? line.replace(/\d+\.?\s*[a-zа-я]?\s*(klass|kl|класс|кл)(?![a-zа-я]).*$/iu, '') : line
  return heardAs(told).flatMap((form): LinkKey[] => {
    const words = looselyOf(form)
    if (of === 'work')
      return placed(
        of,
        words.filter((word) => !forms.has(word)),
      )
    const child = /детск|lasteai|lasteaed|kindergarten/i.test(form)
    const kind = child ? 'lasteaed' : (schools.find(([, all]) => words.some((word) => all.has(word)))?.[0] ?? 'kool')
    const own = words.filter((word) => !besideSchools.has(word) && !schools.some(([, all]) => all.has(word)))
    const name = own.map((word) => towns[word] ?? word)
    return name.join('').length < 2 ? [] : placed(of, [kind, ...name])
  })
}

const placed = (of: 'work' | 'school', words: string[]): LinkKey[] =>
  words.join('').length < 3 ? [] : [{ class: of, text: [...new Set(words)].toSorted().join(' ') }]

const readers: Record<CircleKind, (line: string) => LinkKey[]> = {
  name: nameKeys,
  phone: phoneKeys,
  address: addressKeys,
  work: (line) => placeKeys('work', line),
  car: carKeys,
  school: (line) => placeKeys('school', line),
}

/** Every key of one line of its kind; none where too little was told to know anything again by it. */
export const linkKeys = (kind: CircleKind, line: string): LinkKey[] => distinct(readers[kind](line))
