// Which random but possible facts do the tests of the figures share?

import type { Client } from 'pg'
import { addDays } from '../app/core/calendar/working-days.ts'
import type { Facts, NeedFact, ReportFact, VisitFact, VolunteerFact } from '../app/evaluation/indicators/facts.ts'
import { monthStart, type Random, randomFrom } from '../db/seed/random.ts'

const counties = [
  '0037',
  '0039',
  '0045',
  '0050',
  '0052',
  '0056',
  '0060',
  '0064',
  '0068',
  '0071',
  '0074',
  '0079',
  '0081',
]
const allCounties = [...counties, '0084', '0087']

/** Facts of the year 2026: so many needs, half as many volunteers; the same for the same seed. */
export function randomFacts(seed: number, needCount = 60): Facts {
  const random = randomFrom(seed)
  const volunteers = Array.from({ length: Math.ceil(needCount / 2) }, (_, at) => volunteerOf(random, at))
  const needs = Array.from({ length: needCount }, (_, at) => needOf(random, at, volunteers))
  return {
    counties: allCounties,
    knownOn: '2027-01-08',
    settings: {
      ...{ backgroundMonths: 12, trainingMonths: 0, evidenceWarnDays: 30 },
      ...{ maxActiveCases: 2, lapseForecast: 'warn' as const, supportMonths: 8 },
    },
    needs,
    visits: needs.flatMap((need) => visitsOf(random, need)),
    volunteers,
    reports: volunteers.flatMap((volunteer) => reportsOf(random, volunteer)),
    concerns: needs
      .filter(() => random.chance(0.1))
      .map(({ id, county }) => ({
        id: `k${id}`,
        county,
        raisedOn: dayOf(random),
        hoursToAnswer: random.chance(0.8) ? random.whole(1, 90) : null,
      })),
  }
}

/**
 * Needs with random histories, written as they never would be: closed while somebody still helps, opened again on an earlier day, known late.
 * Triggers and keys are asleep meanwhile; the network, case and person are those of a need that is there.
 */
export async function putHistories(admin: Client, random: Random, count: number): Promise<void> {
  await admin.query('set session_replication_role = replica')
  for (let at = 0; at < count; at++) {
    const { rows } = await admin.query<{ id: string }>(
      `insert into need (network_id, case_id, id, number, county_code, language, from_on, months, created_by)
       select network_id, case_id, gen_random_uuid(), number, county_code, language, from_on, months, created_by from need limit 1 returning id`,
    )
    const event = (table: string, kind: string, of: string) =>
      admin.query(
        `insert into ${table} (network_id, case_id, id, ${table.replace('_event', '_id')}, kind, on_date, recorded_by, recorded_at)
         select network_id, case_id, gen_random_uuid(), $1, $2, $3, created_by, $4 from need where id = $5`,
        [of, kind, dayOf(random), `${dayOf(random)}T12:00:00Z`, rows[0]?.id],
      )
    for (let step = random.whole(0, 4); step > 0; step--)
      await event(
        'need_event',
        random.pick(['offered', 'opened', 'reopened', 'closed', 'declined', 'covered']),
        rows[0]?.id ?? '',
      )
    if (random.chance(0.5)) continue
    const help = await admin.query<{ id: string }>(
      `insert into assignment (network_id, case_id, id, need_id, number, volunteer_id, chosen_by_solver, load_before, status, created_by)
       select n.network_id, n.case_id, gen_random_uuid(), n.id, n.number, v.id, true, 0, 'ended', n.created_by
       from need n, (select id from volunteer limit 1) v where n.id = $1 returning id`,
      [rows[0]?.id],
    )
    await event('assignment_event', 'accepted', help.rows[0]?.id ?? '')
    if (random.chance(0.6)) await event('assignment_event', 'ended', help.rows[0]?.id ?? '')
  }
  await admin.query('set session_replication_role = origin')
}

const dayOf = (random: Random) => addDays('2026-01-01', random.whole(0, 364))

function volunteerOf(random: Random, at: number): VolunteerFact {
  const papers = (['training', 'contract', 'pledge', 'background'] as const).filter(() => random.chance(0.9))
  return {
    id: `v${at}`,
    county: random.pick(counties),
    childContact: random.pick([true, false, null]),
    ...{ maxCases: random.pick([null, 1, 3]), asked: [], away: [] },
    evidence: papers.map((kind) => ({ kind, validFrom: dayOf(random), validTo: null, passed: true })),
    history: [{ status: 'active', fromOn: dayOf(random), untilOn: null, recordedAt: new Date('2026-01-01T10:00:00Z') }],
  }
}

function needOf(random: Random, at: number, volunteers: readonly VolunteerFact[]): NeedFact {
  const day = dayOf(random)
  const county = random.pick(counties)
  const events = [{ kind: 'offered', onDate: day }]
  if (random.chance(0.05)) return { id: `n${at}`, county, events, help: [] }
  if (random.chance(0.15))
    return { id: `n${at}`, county, events: [...events, { kind: 'declined', onDate: day }], help: [] }
  events.push({ kind: 'opened', onDate: day })
  if (random.chance(0.2)) return { id: `n${at}`, county, events, help: [] }
  const from = addDays(day, random.whole(0, 40))
  const until = random.chance(0.6) ? addDays(from, random.whole(0, 200)) : null
  events.push({ kind: 'covered', onDate: from })
  const children = random.chance(0.4)
  const help = [{ volunteerId: random.pick(volunteers).id, from, until, children }]
  if (until) events.push({ kind: random.chance(0.8) ? 'closed' : 'reopened', onDate: until })
  if (until && events.at(-1)?.kind === 'reopened' && random.chance(0.5)) {
    help.push({ volunteerId: random.pick(volunteers).id, from: addDays(until, 3), until: null, children })
  }
  return { id: `n${at}`, county, events, help }
}

function visitsOf(random: Random, need: NeedFact): VisitFact[] {
  return need.help.flatMap(({ volunteerId, from }) =>
    Array.from({ length: random.whole(0, 8) }, (_, at) => ({
      id: `b${need.id}-${volunteerId}-${from}-${at}`,
      caseId: `c${need.id}`,
      county: need.county,
      volunteerId,
      onDate: addDays(from, random.whole(0, 90)),
      contacts: random.whole(0, 4),
      minutes: 15 * random.whole(1, 10),
      expenseCents: random.whole(0, 2000),
    })),
  )
}

function reportsOf(random: Random, volunteer: VolunteerFact): ReportFact[] {
  return [1, 4, 5, 8, 11]
    .filter(() => random.chance(0.5))
    .map((month) => {
      const first = monthStart('2026-01-01', month)
      const dueOn = addDays(monthStart(first, 1), 6)
      const submittedOn = random.chance(0.85) ? addDays(dueOn, random.whole(-5, 3)) : null
      return { id: `r${volunteer.id}-${month}`, county: volunteer.county, month: first, dueOn, submittedOn }
    })
}
