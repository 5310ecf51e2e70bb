// Would each change of facts that we name really cover the need, and is none as small left out?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignments, need, settings, takenOf, today, volunteer, worlds } from '../../test/matching.ts'
import { translator } from '../i18n/i18n.ts'
import type { Candidate, Need } from './eligibility.ts'
import { type Fact, smallestFacts } from './facts.ts'
import { countyDistance, maxCases } from './goals.ts'
import { type Plan, plan, problemOf, type World } from './plan.ts'

const papers = { on: today, passed: true }

/** What a fact says, done to the world by hand; `of` is the need that is to be covered. */
function changed(world: World, fact: Fact, of: Need): World {
  const her = (change: Partial<Candidate>) =>
    world.volunteers.map((own) => (own.id === fact.subject ? { ...own, ...change } : own))
  const its = (change: Partial<Need>) =>
    world.needs.map((own) => (own.id === fact.subject ? { ...own, ...change } : own))
  const areas = world.volunteers.find(({ id }) => id === fact.subject)?.areas ?? []
  const served = { county: String(fact.args.county), municipality: null }
  const someone = volunteer({
    id: 'new',
    languages: [of.language],
    sex: 'F',
    county: of.county,
    municipality: null,
    maxCases: 1,
  })
  const volunteers = {
    returns: () => her({ status: 'active' }),
    background: () => her({ background: papers }),
    pledge: () => her({ pledged: true, pledgedUntil: null }),
    contract: () => her({ contract: { from: '2026-01-01', to: of.until } }),
    training: () => her({ trained: true, trainedUntil: null }),
    area: () => her({ areas: [...areas, served] }),
    capacity: () => her({ maxCases: Number(fact.args.max) }),
    recruit: () => [...world.volunteers, someone],
    agreement: () => world.volunteers,
    sex: () => world.volunteers,
    hours: () => world.volunteers,
    task: () => world.volunteers,
  }[fact.kind]()
  if (fact.kind === 'agreement') return { ...world, needs: its({ agreed: true }) }
  if (fact.kind === 'hours') return { ...world, needs: its({ hours: [] }) }
  if (fact.kind === 'task') return { ...world, needs: its({ tasks: [] }) }
  return fact.kind === 'sex' ? { ...world, needs: its({ wantedSex: 'any' }) } : { ...world, volunteers }
}

/** By trying everything: can the need and all that are covered now be covered together? */
function coverable(world: World, whole: Plan, needId: string): boolean {
  const wanted = [needId, ...takenOf(whole.solution).keys()]
  return [...assignments(problemOf(world))].some((taken) => wanted.every((id) => taken.has(id)))
}

/** Every single fact of the present people and needs that could be otherwise. */
function singleFacts(world: World): Fact[] {
  const facts: Fact[] = []
  for (const { id, wantedSex, agreed, hours, tasks } of world.needs) {
    if (hours?.length) facts.push({ kind: 'hours', subject: id, args: {} })
    if (tasks?.length) facts.push({ kind: 'task', subject: id, args: {} })
    if (!agreed) facts.push({ kind: 'agreement', subject: id, args: {} })
    if (wantedSex !== 'any') facts.push({ kind: 'sex', subject: id, args: {} })
  }
  for (const own of world.volunteers) {
    const max = Math.max(own.active, maxCases(own, settings)) + 1
    const kinds = ['returns', 'background', 'pledge', 'contract'] as const
    facts.push(...kinds.map((kind): Fact => ({ kind, subject: own.id, args: {} })))
    facts.push({ kind: 'capacity', subject: own.id, args: { max } })
    const near = world.needs.filter(({ county }) => countyDistance(county, own.county, settings.tiles) <= 1)
    for (const { county } of near) facts.push({ kind: 'area', subject: own.id, args: { county } })
  }
  return facts
}

const name = ({ kind, subject, args }: Fact) => `${kind} ${subject} ${kind === 'area' ? args.county : ''}`

test('each option really covers the need, uncovers nobody, and no single fact that does is left out', () => {
  let tried = 0
  fc.assert(
    fc.property(worlds, (world) => {
      const whole = plan(world)
      for (const needId of whole.solution.uncovered) {
        const of = world.needs.find(({ id }) => id === needId) ?? need()
        const { options } = smallestFacts(whole, needId)
        for (const option of options) {
          tried++
          const other = option.reduce((before, fact) => changed(before, fact, of), world)
          expect(coverable(other, whole, needId)).toBe(true)
        }
        const named = options.filter((option) => option.length === 1).map(([fact]) => (fact ? name(fact) : ''))
        const helping = singleFacts(world).filter((fact) => coverable(changed(world, fact, of), whole, needId))
        const crowded = (fact: Fact) => named.filter((other) => other.startsWith(fact.kind)).length === 2
        for (const fact of options.length < 5 ? helping : []) if (!crowded(fact)) expect(named).toContain(name(fact))
        // Two facts are only named where none of the present people could do it with one.
        if (helping.length > 0) expect(options.every((option) => option.length === 1)).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
  expect(tried).toBeGreaterThan(200)
})

test('the competing needs and whom they compete for can be counted by hand, in any order of the input', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const whole = plan(world)
      for (const needId of whole.solution.uncovered) {
        const { needs, volunteers, places } = smallestFacts(whole, needId)
        expect(needs).toContain(needId)
        expect(places).toBeLessThan(needs.length)
        const fitting = whole.problem.pairs.filter((pair) => needs.includes(pair.need)).map((pair) => pair.volunteer)
        expect([...new Set(fitting)].sort()).toEqual(volunteers)
        const turned = { ...world, needs: [...world.needs].reverse(), volunteers: [...world.volunteers].reverse() }
        expect(smallestFacts(plan(turned), needId)).toEqual(smallestFacts(whole, needId))
      }
    }),
    { numRuns: 500 },
  )
})

/** The facts of a need as the coordinator reads them. */
function said(world: World, needId: string): string[] {
  const t = translator('et')
  return smallestFacts(plan(world), needId).options.map((facts) => {
    const [first = '', second] = facts.map(({ kind, args }) => t(`matching.fact.${kind}`, args))
    return second ? t('matching.fact.both', { first, second }) : first
  })
}

const world = (needs: Partial<Need>[], volunteers: Partial<Candidate>[]): World => ({
  needs: needs.map((change, at) => need({ id: `M-${at}`, ...change })),
  volunteers: volunteers.map((change, at) => volunteer({ id: `TI-${at}`, ...change })),
  settings,
  today,
})

test('names time and papers first, then what people agree to, then recruiting', () => {
  const one = world(
    [{ language: 'ru', wantedSex: 'F' }],
    [
      { sex: 'M' },
      { status: 'paused', pausedUntil: '2027-02-01' },
      { status: 'paused', pausedUntil: '2027-01-15' },
      { languages: ['et'] },
      { pledged: false, active: 2 },
    ],
  )
  expect(said(one, 'M-0')).toEqual([
    'TI-2 naaseb 15.01.2027',
    'TI-1 naaseb 01.02.2027',
    'kannatanu loobub soovist, et tugiisik oleks naine (M-0)',
    'vene keelt oskav naissoost tugiisik Ida-Virumaal',
  ])
})

test('finds a change that frees somebody for the need by moving another', () => {
  // Only TI-0 speaks Russian and is taken by M-0, which TI-1 could take if her check were renewed.
  const chain = world(
    [{ childCount: 1 }, { language: 'ru', id: 'M-1' }],
    [{ maxCases: 1 }, { languages: ['et'], background: { on: '2025-11-02', passed: true } }],
  )
  const uncovered = plan(chain).solution.uncovered
  expect(uncovered).toHaveLength(1)
  expect(said(chain, uncovered[0] ?? '')).toContain('TI-1 teeb uue taustakontrolli')
})

test('two things of one person are named together where one is not enough; one paper is one fact', () => {
  const two = world([{}], [{ pledged: false, contract: { from: '2026-12-24', to: '2027-01-01' } }])
  expect(said(two, 'M-0')).toEqual([
    'eesti keelt oskav tugiisik Ida-Virumaal',
    'TI-0 allkirjastab konfidentsiaalsuskinnituse ja tugiisiku TI-0 leping kehtib kuni 01.08.2027',
  ])
  expect(said(world([{ agreed: false }], []), 'M-0')).toEqual([
    'kannatanu nõustub (M-0) ja eesti keelt oskav tugiisik Ida-Virumaal',
  ])
})

test('never proposes to overlook a tie, a refusal, a language or an exclusion', () => {
  const needs = [{ conflicts: ['TI-0'], declinedBy: ['TI-1'], avoidLocal: true, language: 'ru' }]
  const closed = world(needs, [
    {},
    { municipality: null },
    { knownIn: ['0321'], municipality: null },
    {},
    { languages: ['et'], municipality: null },
  ])
  expect(said(closed, 'M-0')).toEqual(['vene keelt oskav tugiisik Ida-Virumaal'])
})

test('asks nobody for what she has said she does not do: the victim may come at another time, somebody else goes along', () => {
  const asked = { language: 'ru', tasks: ['court' as const, 'office' as const], hours: ['evening' as const] }
  const limited = world([asked], [{ refuses: ['court'] }, { hours: ['morning'] }, { refuses: ['children'] }])
  expect(said({ ...limited, volunteers: limited.volunteers.slice(0, 2) }, 'M-0')).toEqual([
    'kannatanule sobib ka muu aeg (M-0)',
    'mida TI-0 ei tee, teeb keegi teine (M-0)',
    'vene keelt oskav tugiisik Ida-Virumaal',
  ])
  const children = world([{ childCount: 1 }], [{ refuses: ['children'] }])
  expect(said(children, 'M-0')).toEqual(['eesti keelt oskav tugiisik Ida-Virumaal'])
  const near = world([{ municipality: '0511' }], [{ near: true }])
  expect(said(near, 'M-0')).toEqual([
    'TI-0 on valmis tegutsema Ida-Virumaal',
    'eesti keelt oskav tugiisik Ida-Virumaal',
  ])
})

test('a change that would not last until the start is not named', () => {
  const late = { childCount: 1, from: '2028-06-01', until: '2029-01-01' }
  const unchecked = { background: null, contract: { from: '2026-01-01', to: null } }
  expect(said(world([late], [unchecked]), 'M-0')).toEqual(['eesti keelt oskav tugiisik Ida-Virumaal'])
})

test('every fact is words in all three languages, for every county', () => {
  for (const locale of ['et', 'en', 'ru'] as const) {
    const t = translator(locale)
    const places = Object.keys(settings.tiles).map((county) =>
      t('matching.fact.recruit', { language: 'ru', county, sex: 'any' }),
    )
    expect(new Set(places).size).toBe(15)
    expect(places.join()).not.toMatch(/[{}]|undefined| {2}/)
  }
})
