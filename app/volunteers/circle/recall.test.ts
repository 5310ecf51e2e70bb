// Of links that are there, how many are found; and how often does the comparison see one where there is none?
import { expect, test } from 'vitest'
import { type Random, randomFrom } from '../../../db/seed/random.ts'
import { seed } from '../../../test/draws.ts'
import * as names from '../../../test/links/names.ts'
import * as places from '../../../test/links/places.ts'
import { record, scale } from '../../../test/proof/record.ts'
import { type LinkKey, linkKeys, personKeys } from './link-key.ts'

const strong = new Set(['name', 'phone', 'address', 'car'])
type Meeting = { strong: boolean; any: boolean }
type Planted = { kind: string; told: string; kept: string; meets: Meeting }

function meeting(one: LinkKey[], other: LinkKey[]): Meeting {
  const known = new Set(one.map((key) => `${key.class}/${key.text}`))
  const met = other.filter((key) => known.has(`${key.class}/${key.text}`))
  return { any: met.length > 0, strong: met.some((key) => strong.has(key.class)) }
}

const plant = (kind: string, told: string, kept: string, one: LinkKey[], other: LinkKey[]): Planted => ({
  ...{ kind, told, kept },
  meets: meeting(one, other),
})

/** One person, told by the volunteer in a line and kept by the case in parts; before or after a wedding in every fourth. */
function person(random: Random): Planted {
  const name = names.nameOf(random)
  const former = random.chance(0.25)
  const other = names.nameOf(random).family
  const hers = former && random.chance(0.5) ? { ...name, family: other } : name
  const spelled = (text: string) => names.written(random, text, name.russian)
  const now = former && hers === name ? other : name.family
  const [givenName, familyName] = [spelled(name.given), names.written(random, now, /[а-я]/i.test(now))]
  const before = former
    ? [hers === name ? name.family : other].map((text) => names.written(random, text, /[а-я]/i.test(text)))[0]
    : undefined
  const told = names.asLine(random, { ...hers, russian: /[а-я]/i.test(hers.family) && name.russian })
  const kind = former ? 'former name' : name.russian ? 'Russian name' : 'Estonian name'
  const kept = { givenName, familyName, ...(before && { formerNames: before }) }
  return plant(kind, told, JSON.stringify(kept), linkKeys('name', told), personKeys(kept))
}

const draws: [share: number, (random: Random) => Planted][] = [
  [42, person],
  [
    17,
    (random) => {
      const digits = places.phoneOf(random)
      const [told, kept] = [places.typedPhone(random, digits), places.typedPhone(random, digits)]
      return plant('phone', told, kept, linkKeys('phone', told), linkKeys('phone', `${kept}, õhtuti`))
    },
  ],
  [
    20,
    (random) => {
      const of = places.addressOf(random)
      const [told, kept] = [places.typedAddress(random, of), places.typedAddress(random, of)]
      return plant('address', told, kept, linkKeys('address', told), linkKeys('address', kept))
    },
  ],
  [
    8,
    (random) => {
      const of = places.plateOf(random)
      const [told, kept] = [places.typedPlate(random, of), places.typedPlate(random, of)]
      return plant('car', told, kept, linkKeys('car', told), linkKeys('car', kept))
    },
  ],
  [
    7,
    (random) => {
      const of = places.firmOf(random)
      const [told, kept] = [places.typedFirm(random, of), places.typedFirm(random, of)]
      return plant('work', told, kept, linkKeys('work', told), linkKeys('work', kept))
    },
  ],
  [
    6,
    (random) => {
      const of = places.schoolOf(random)
      const [told, kept] = [places.typedSchool(random, of), places.typedSchool(random, of)]
      return plant('school', told, kept, linkKeys('school', told), linkKeys('school', kept))
    },
  ],
]

function planted(random: Random, count: number): Planted[] {
  return draws.flatMap(([share, draw]) => Array.from({ length: Math.round((count * share) / 100) }, () => draw(random)))
}

const share = (some: number, all: number) => Math.round((1000 * some) / all) / 10

/** What is found at least, in hundredths, by any seed; measured figures are in decision 36. */
const promised = {
  'Estonian name': 97,
  'Russian name': 98,
  'former name': 97,
  phone: 99,
  address: 96,
  car: 99,
  work: 95,
  school: 97,
}

test('of planted links nearly all are found, whoever wrote them down', () => {
  const begun = performance.now()
  const all = planted(randomFrom(seed), scale(3000, 60_000))
  const found = Object.entries(promised).map(([kind, least]) => {
    const of = all.filter((one) => one.kind === kind)
    const recall = share(of.filter(({ meets }) => meets.any).length, of.length)
    return { kind, planted: of.length, recall, least, enough: recall >= least }
  })
  const missed = all.filter(({ meets }) => !meets.any)
  const recall = share(all.length - missed.length, all.length)
  // Not each must be found, but each kind as often as is promised.
  const failed = found.filter(({ enough }) => !enough).length + (recall >= 98 ? 0 : 1)
  record({ promise: 'links', what: `planted links, ${recall} % of them found`, count: all.length, failed, seed }, begun)
  expect(all.length).toBeGreaterThanOrEqual(2000)
  expect(
    found.filter(({ enough }) => !enough),
    JSON.stringify([found, missed.slice(0, 20)]),
  ).toEqual([])
  expect(recall).toBeGreaterThanOrEqual(98)
  const strongly = share(all.filter(({ meets }) => meets.strong).length, all.length)
  expect(strongly).toBeGreaterThanOrEqual(80)
})

test('a letter typed wrongly is not found: what two words have in common is not guessed at', () => {
  const random = randomFrom(seed + 2)
  const slips = Array.from({ length: 200 }, () => {
    const { given, family } = names.nameOf(random)
    const wrong = linkKeys('name', `${given} ${names.slipped(random, family)}`)
    return meeting(wrong, personKeys({ givenName: given, familyName: family })).any
  })
  expect(share(slips.filter(Boolean).length, slips.length)).toBeLessThan(50)
})

type Circle = LinkKey[]
const many = (random: Random, count: number, draw: (random: Random) => LinkKey[]) =>
  Array.from({ length: count }, () => draw(random)).flat()

const ofVolunteer = (random: Random): Circle => [
  ...many(random, 4, (of) => linkKeys('name', names.asLine(of, names.nameOf(of)))),
  ...many(random, 2, (of) => linkKeys('phone', places.typedPhone(of, places.phoneOf(of)))),
  ...many(random, 1, (of) => linkKeys('address', places.typedAddress(of, places.addressOf(of)))),
  ...many(random, 1, (of) => linkKeys('car', places.typedPlate(of, places.plateOf(of)))),
]
const ofCase = (random: Random): Circle => [
  ...many(random, 4, (of) => {
    const name = names.nameOf(of)
    return personKeys({
      givenName: names.written(of, name.given, name.russian),
      familyName: names.written(of, name.family, name.russian),
    })
  }),
  ...many(random, 3, (of) => linkKeys('phone', places.typedPhone(of, places.phoneOf(of)))),
  ...many(random, 2, (of) => linkKeys('address', places.typedAddress(of, places.addressOf(of)))),
]

test('among strangers a case meets few volunteers, nearly all of them namesakes', () => {
  const random = randomFrom(seed + 1)
  const volunteers = Array.from({ length: 2000 }, () => ofVolunteer(random))
  const cases = Array.from({ length: 100 }, () => ofCase(random))
  const index = new Map<string, Set<number>>()
  for (const [at, circle] of volunteers.entries())
    for (const { class: kind, text } of circle)
      index.set(`${kind}/${text}`, (index.get(`${kind}/${text}`) ?? new Set()).add(at))
  const met = (keys: LinkKey[]) =>
    new Set(keys.flatMap((key) => [...(index.get(`${key.class}/${key.text}`) ?? [])])).size
  const strongly = cases.reduce((sum, keys) => sum + met(keys.filter((key) => strong.has(key.class))), 0)
  const weakly = cases.reduce((sum, keys) => sum + met(keys), 0)
  const pairs = volunteers.length * cases.length
  expect(share(strongly, pairs)).toBeLessThanOrEqual(2)
  expect(share(weakly, pairs)).toBeLessThanOrEqual(4)
})
