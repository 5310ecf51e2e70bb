// Does the oracle notice each way in which the authorization could be made weaker?
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom } from '../../../../db/seed/random.ts'
import { seed } from '../../../draws.ts'
import { record, scale } from '../../record.ts'
import { openWorld, type World } from '../world/world.ts'
import { type Hunt, type Noticed, openHunt, surest } from './hunt.ts'
import { allMutants, type Mutant } from './mutant.ts'
import { unseen } from './unseen.ts'

// What is not noticed in the first world may be in the next, where a single auditor is in office.
const worlds: World[] = []
let hunts: Hunt[]

beforeAll(async () => {
  const size = { people: 2, volunteers: 8, casesEach: 5 }
  for (let more = 0; more < scale(2, 4); more++)
    worlds.push(await openWorld(seed + more, { ...size, oneAuditor: more % 2 === 1 }))
  hunts = worlds.map((world, index) => openHunt(world, seed, index === 0 ? scale(2, 6) : 6))
}, 600_000)
afterAll(async () => {
  for (const world of worlds) await world.close()
})

// By the seed and its name alone: what is drawn of one table depends on no other.
const turnOf = ({ name }: Mutant) => createHash('sha256').update(`${seed} ${name}`).digest('hex')

/** Of each table a policy and a right, drawn by the seed; in `npm run proof` all of them. */
function drawn(all: Mutant[]): Mutant[] {
  const some = (of: Mutant[]) =>
    [...Map.groupBy(of, ({ about }) => about).values()].flatMap((mine) =>
      mine
        .map((mutant) => ({ mutant, turn: turnOf(mutant) }))
        .toSorted((a, b) => (a.turn < b.turn ? -1 : 1))
        .slice(0, scale(1, mine.length))
        .map(({ mutant }) => mutant),
    )
  const isRight = ({ shows }: Mutant) => shows.includes('rights')
  return [...some(all.filter((mutant) => !isRight(mutant))), ...some(all.filter(isRight))]
}

// Not everything that can be tried is tried each time: what nobody has noticed yet is looked for again, by attempts drawn anew.
let further: Hunt[] | null = null
const longer = () => {
  further ??= worlds.map((world) => openHunt(world, seed + 100, 12))
  return further
}

const told = (mutant: Mutant) => surest([() => toldBy(hunts, mutant), () => toldBy(longer(), mutant)])
const toldBy = (those: Hunt[], mutant: Mutant): Promise<Noticed | null> =>
  surest(those.map((hunt) => () => hunt.noticed(mutant)))

const asItIs = (world: World): Mutant => ({
  ...{ name: 'nothing was changed', sql: 'select 1', about: '', tables: [...world.tables.keys()] },
  // The attempts of the database as it is are made by the test of writing.
  shows: scale(0, 1) ? ['looks', 'writes'] : ['looks'],
})

test('a policy or a right that was made weaker is noticed; as they are nothing is', {
  timeout: 7_200_000,
}, async () => {
  const begun = performance.now()
  const tried = drawn(await allMutants((worlds[0] as World).owner))
  const [unnoticed, failing]: [string[], string[]] = [[], []]
  for (const mutant of tried) {
    const noticed = await told(mutant)
    if (!noticed) unnoticed.push(mutant.name)
    else if (noticed.fails) failing.push(`${mutant.name}: ${noticed.told}`)
  }
  const figures = { count: tried.length, failed: unnoticed.length, seed }
  const only = `${failing.length} of them noticed only because a statement fails`
  record({ promise: 'mutants', what: `weaker policies and rights, ${only}`, ...figures }, begun)
  expect(unnoticed, `seed ${seed}`).toEqual([])
  expect(failing.length, failing.join('\n')).toBeLessThanOrEqual(tried.length / 100)
  expect(tried.length).toBeGreaterThanOrEqual(scale(120, 800))
  // Each sign was looked for again in the database as it is; here everything is.
  const whole = worlds.slice(0, scale(1, worlds.length))
  for (const [index, world] of whole.entries()) expect(await hunts[index]?.noticed(asItIs(world))).toBe(null)
})

test('what nobody could notice is left out by a reason that still holds: each is made, and nobody notices', {
  timeout: 7_200_000,
}, async () => {
  const { owner } = worlds[0] as World
  const all = await allMutants(owner, true)
  const random = randomFrom(seed)
  for (const [index, { names: wanted, why }] of unseen.entries()) {
    const these = all.filter(({ name }) => wanted.test(name))
    expect(these, why).not.toEqual([])
    // In `npm test` one of every third reason.
    for (const mutant of scale(1, 0) ? (index % 3 === seed % 3 ? [random.pick(these)] : []) : these)
      expect([mutant.name, await toldBy([random.pick(hunts)], mutant)], why).toEqual([mutant.name, null])
  }
})
