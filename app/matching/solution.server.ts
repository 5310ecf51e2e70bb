// What is the best matching of these very facts – reckoned once, and asked for as often as pages need it?
import { createHash } from 'node:crypto'
import type { World } from './plan.ts'
import { type Coverage, type Explained, type OneNeed, solveApart, type Tried } from './solve.server.ts'

/** Above so many open needs the second best of each is reckoned only on the need's own page. */
export const explainedUpTo = 200
const kept = 12
const patience = 1000

type Solved = { explain: Explained; oneNeed: OneNeed; coverage: Coverage }
const solutions = new Map<string, Promise<Solved[keyof Solved]>>()

/** Equal facts have an equal hash; 32 hexadecimal figures of SHA-256 over the world as JSON. */
export function hashOf(world: World): string {
  return createHash('sha256').update(JSON.stringify(world)).digest('hex').slice(0, 32)
}

/** The best matching of all open needs; of more than `explainedUpTo` without second bests and shortfalls. */
export function explained(world: World): Promise<Explained> {
  return remembered<'explain'>(`explain ${hashOf(world)}`, async () => {
    if (world.needs.length <= explainedUpTo) return solveApart('explain', { world })
    return { plan: await solveApart('plan', { world }), alternatives: {}, shortfalls: {} }
  })
}

/** One need (by its number) in the best matching, with every volunteer. */
export function oneNeedIn(world: World, need: string): Promise<OneNeed> {
  return remembered<'oneNeed'>(`${need} ${hashOf(world)}`, () => solveApart('oneNeed', { world, need }))
}

/** The gaps of the best matching, and one more case from every county. */
export function coverageOf(world: World, tried: Tried): Promise<Coverage> {
  const key = `coverage ${tried.language} ${tried.months} ${hashOf(world)}`
  return remembered<'coverage'>(key, () => solveApart('coverage', { world, ...tried }))
}

function remembered<Kind extends keyof Solved>(key: string, make: () => Promise<Solved[Kind]>): Promise<Solved[Kind]> {
  const known = solutions.get(key) as Promise<Solved[Kind]> | undefined
  if (known) return known
  const made = make()
  solutions.set(key, made)
  // What failed is told to the next who asks, and forgotten so that asking again tries again.
  made.catch(() => setTimeout(() => solutions.delete(key), 5000).unref())
  const oldest = solutions.size > kept ? solutions.keys().next().value : undefined
  if (oldest !== undefined) solutions.delete(oldest)
  return made
}

/** The answer where it comes within a second, otherwise nothing yet: the page then shows that it is being worked on. */
export async function soon<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  let timer: NodeJS.Timeout | undefined
  const later = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patience)
  })
  try {
    return await Promise.race([answer, later])
  } finally {
    clearTimeout(timer)
  }
}
