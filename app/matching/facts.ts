// What is the smallest change of facts that would cover a need which the plan leaves uncovered?
import { formatDate } from '../i18n/format.ts'
import type { Args } from '../i18n/i18n.ts'
import { type Candidate, type Need, type ReasonCode, reasonsAgainst, startOf } from './eligibility.ts'
import { solve } from './flow.ts'
import { maxCases } from './goals.ts'
import { paperMends } from './lasting/mends.ts'
import { limitMends } from './limits/mends.ts'
import { freeable, type Plan, problemOf, type World } from './plan.ts'

/** From what time or a paper mends, over what somebody agrees to, to the victim's own wish and finding a new person. */
const kinds = [
  ...(['returns', 'background', 'pledge', 'contract', 'training'] as const),
  ...(['agreement', 'area', 'capacity', 'hours', 'task', 'sex', 'recruit'] as const),
]
export type FactKind = (typeof kinds)[number]

/** One fact that could be otherwise; `subject` is the volunteer's or the need's id, the message `matching.fact.<kind>`. */
export type Fact = { kind: FactKind; subject: string; args: Args }

/**
 * Why a need stays uncovered: `needs` (itself among them) may only go to `volunteers`, who have fewer `places` (Hall
 * 1935). `options`: the smallest changes, each tried by solving again; the facts of one option are needed together.
 */
export type Shortfall = { needs: string[]; volunteers: string[]; places: number; options: Fact[][] }

/** Facts with what they change; `order` sorts changes of the same kinds. */
type Change = { facts: Fact[]; order: string; need?: Need; volunteer?: Candidate }
export type Mend = { fact: Fact; order?: string; need?: Partial<Need>; volunteer?: Partial<Candidate> }

/** One or two facts that would make a pair fit which does not. */
export type NearPair = { need: string; volunteer: string; change: Change }

const most = 5
const mostOfAKind = 2

/**
 * For a need the plan leaves uncovered: changes after which it and every need covered now can be covered together. Of the
 * present people only the least number of facts is named (one, else two) and two of a kind, beside them recruiting; at
 * most five options. `near` is the same for all needs of a plan: give it where many are asked.
 */
export function smallestFacts(plan: Plan, needId: string, near: readonly NearPair[] = nearPairs(plan)): Shortfall {
  const short = shortage(plan, needId)
  const found: Change[] = []
  const kindsOf = (change: Change) => change.facts.map(({ kind }) => kind).join()
  for (const change of sorted(presentChanges(plan, short, near), needId)) {
    const larger = found[0] !== undefined && change.facts.length > found[0].facts.length
    if (larger || found.length === most - 1) break
    if (found.filter((other) => kindsOf(other) === kindsOf(change)).length === mostOfAKind) continue
    if (covers(plan, needId, change)) found.push(change)
  }
  const recruit = recruiting(plan, needId)
  const small = recruit.facts.length <= (found[0] ?? recruit).facts.length
  if (small && covers(plan, needId, recruit)) found.push(recruit)
  const own = plan.problem.volunteers.filter(({ id }) => short.volunteers.has(id))
  return {
    needs: [...short.needs].sort(),
    volunteers: [...short.volunteers].sort(),
    places: own.reduce((sum, { places }) => sum + places.length, 0),
    options: sorted(found, needId).map(({ facts }) => facts),
  }
}

export type Shortage = { needs: Set<string>; volunteers: Set<string> }

/** `needs`, `volunteers`: whom an uncovered need could reach by moving others; all of them are full. */
export function shortage({ problem, solution }: Plan, needId: string): Shortage {
  const fitting = Map.groupBy(problem.pairs, (pair) => pair.need)
  const held = Map.groupBy(solution.assigned, (pair) => pair.volunteer)
  const [needs, volunteers] = [new Set([needId]), new Set<string>()]
  // A set hands out what is added to it while it is being walked.
  for (const need of needs) {
    for (const { volunteer } of fitting.get(need) ?? []) {
      volunteers.add(volunteer)
      for (const other of held.get(volunteer) ?? []) needs.add(other.need)
    }
  }
  return { needs, volunteers }
}

/** The pairs of a plan that do not fit but would with one or two facts otherwise. */
export function nearPairs({ world }: Plan): NearPair[] {
  return world.needs.flatMap((need) =>
    world.volunteers.flatMap((volunteer) => {
      const reasons = reasonsAgainst(need, volunteer, world.settings, world.today)
      const change = together(
        need,
        volunteer,
        reasons.map(({ code }) => mends[code]?.(need, volunteer, world)),
      )
      const small = change !== null && change.facts.length > 0 && change.facts.length <= 2
      return small ? [{ need: need.id, volunteer: volunteer.id, change }] : []
    }),
  )
}

function presentChanges(plan: Plan, short: Shortage, near: readonly NearPair[]): Change[] {
  const { world } = plan
  const free = freeable(plan)
  const roomier = (change: Change) => change.facts.some(({ kind }) => kind === 'capacity')
  const joining = near.filter(
    ({ need, volunteer, change }) => short.needs.has(need) && (free.has(volunteer) || roomier(change)),
  )
  const fuller = world.volunteers.filter(({ id }) => short.volunteers.has(id))
  return [
    ...joining.map(({ change }) => change),
    ...fuller.map((own): Change => {
      const { fact, volunteer } = oneMore(own, maxCases(own, world.settings) + 1)
      return { facts: [fact], order: own.id, volunteer: { ...own, ...volunteer } }
    }),
  ]
}

function together(need: Need, volunteer: Candidate, mended: (Mend | undefined)[]): Change | null {
  const change: Change = { facts: [], order: '' }
  for (const mend of mended) {
    if (!mend) return null
    const { kind, subject } = mend.fact
    // Two things wrong with one paper are mended by one new paper.
    if (change.facts.some((fact) => fact.kind === kind && fact.subject === subject)) continue
    change.facts.push(mend.fact)
    change.order += ` ${mend.order ?? subject}`
    if (mend.need) change.need = { ...(change.need ?? need), ...mend.need }
    if (mend.volunteer) change.volunteer = { ...(change.volunteer ?? volunteer), ...mend.volunteer }
  }
  change.facts.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
  return change
}

export type Mends = Partial<Record<ReasonCode, (need: Need, volunteer: Candidate, world: World) => Mend | undefined>>

/** How a reason could fall away. What has no entry – a tie, a refusal, a limit she set, a language – is nobody's to change. */
const mends: Mends = {
  paused: (_, { id, pausedUntil }) => ({
    fact: {
      kind: 'returns',
      subject: id,
      args: { volunteer: id, until: pausedUntil ? formatDate(pausedUntil) : 'none' },
    },
    order: `${pausedUntil ?? '9999'} ${id}`,
    volunteer: { status: 'active', pausedUntil: null },
  }),
  away: (need, { id, away = [] }, { today }) => {
    const start = startOf(need, today)
    const until = away.find((days) => days.from <= start && start <= days.to)?.to ?? start
    return {
      fact: { kind: 'returns', subject: id, args: { volunteer: id, until: formatDate(until) } },
      order: `${until} ${id}`,
      volunteer: { away: [] },
    }
  },
  ...paperMends,
  victimNotAgreed: ({ id }) => ({
    fact: { kind: 'agreement', subject: id, args: { need: id } },
    need: { agreed: true },
  }),
  ...limitMends,
  full: (_, volunteer) => oneMore(volunteer, volunteer.active + 1),
  sexUnwanted: ({ id, wantedSex }) => ({
    fact: { kind: 'sex', subject: id, args: { need: id, sex: wantedSex } },
    need: { wantedSex: 'any' },
  }),
}

function oneMore({ id }: Candidate, max: number): Mend {
  return { fact: { kind: 'capacity', subject: id, args: { volunteer: id, max } }, volunteer: { maxCases: max } }
}

/** Somebody new, with every paper in order, living in the county and speaking the language. */
function recruiting({ world }: Plan, needId: string): Change {
  const need = world.needs.find(({ id }) => id === needId)
  if (!need) throw new Error(`not in this plan: ${needId}`)
  const { county, language, wantedSex } = need
  const on = startOf(need, world.today)
  const volunteer: Candidate = {
    ...{ id: '', county, municipality: null, areas: [], remoteOnly: false, knownIn: [] },
    ...{ languages: [language], sex: wantedSex === 'any' ? null : wantedSex, childContact: true },
    ...{ status: 'active', pausedUntil: null, trained: true, pledged: true },
    ...{ contract: { from: world.today, to: null }, background: { on, passed: true } },
    ...{ active: 0, maxCases: 1, waitingSince: null },
  }
  const fact: Fact = { kind: 'recruit', subject: '', args: { language, county, sex: wantedSex } }
  const consent: Mend[] = need.agreed
    ? []
    : [{ fact: { kind: 'agreement', subject: needId, args: { need: needId } }, need: { agreed: true } }]
  return { ...(together(need, volunteer, [...consent, { fact, volunteer }]) as Change) }
}

/** Tries a change: with it, can the need and every need covered by the plan be covered together? */
function covers({ world, problem, solution }: Plan, needId: string, { need, volunteer }: Change): boolean {
  const wanted = new Set([needId, ...solution.assigned.map((pair) => pair.need)])
  const needs = world.needs.filter(({ id }) => wanted.has(id)).map((own) => (own.id === need?.id ? need : own))
  const others = world.volunteers.filter(({ id }) => id !== volunteer?.id)
  const hers = problemOf({ ...world, needs, volunteers: volunteer ? [volunteer] : [] })
  const its = problemOf({ ...world, needs: need ? [need] : [], volunteers: others })
  const untouched = problem.pairs.filter(
    (pair) => wanted.has(pair.need) && pair.need !== need?.id && pair.volunteer !== volunteer?.id,
  )
  const places = [...problem.volunteers.filter(({ id }) => id !== volunteer?.id), ...hers.volunteers]
  const trial = solve({
    levels: 0,
    needs,
    volunteers: places.map((own) => ({ id: own.id, places: own.places.map(() => []) })),
    pairs: [...untouched, ...hers.pairs, ...its.pairs].map((pair) => ({ ...pair, cost: [] })),
  })
  return trial.uncovered.length === 0
}

/** Fewer facts first, then the kinds in their order, then what concerns the need itself, then by date or id; no doubles. */
function sorted(changes: Change[], needId: string): Change[] {
  const ranked = changes.map((change): [string, Change] => {
    const place = (kind: FactKind) => String(kinds.indexOf(kind)).padStart(2, '0')
    const parts = change.facts.map(({ kind, subject }) => [place(kind), subject === needId ? 0 : 1])
    return [`${change.facts.length} ${parts.flat().join(' ')} ${change.order}`, change]
  })
  return [...new Map(ranked.sort(([a], [b]) => (a < b ? -1 : 1))).values()]
}
