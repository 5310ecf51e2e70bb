// What comes of two people who change one thing at once?
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Conflict, Invalid, NotFound } from '../../../app/core/errors.ts'
import type { Person } from '../../../app/core/user.ts'
import { useLedger } from '../../../app/process/ledger.server.ts'
import { editVolunteer } from '../../../app/volunteers/keeping.server.ts'
import { randomFrom } from '../../../db/seed/random.ts'
import type { Cast } from '../../cast.ts'
import { signIn } from '../../cast.ts'
import { accessContests } from './contests/access.ts'
import { accountContests } from './contests/accounts.ts'
import { casesContests } from './contests/cases.ts'
import type { Contest, Players } from './contests/contest.ts'
import { matchingContests } from './contests/matching.ts'
import { meetingContests } from './contests/meetings.ts'
import { paperContests } from './contests/papers.ts'
import { planContests } from './contests/plans.ts'
import { recruitmentContests } from './contests/recruitment.ts'
import { sittingContests } from './contests/sitting.ts'
import { supervisionContests } from './contests/supervision.ts'
import { supportContests } from './contests/support.ts'
import { volunteerContests } from './contests/volunteers.ts'
import { watchContests } from './contests/watch.ts'
import { waysContests } from './contests/ways.ts'
import { workContests } from './contests/work.ts'
import { writtenContests } from './contests/written.ts'

// What Lou's record says, as the form sends it.
const typed = {
  ...{ name: 'Lou Näidis-Lepik', email: 'lou@naidis.example', sex: 'F', county: '0045', municipality: '0511' },
  ...{ firstLanguage: 'et', languages: ['ru'], maxCases: '2', remote: 'no', car: 'yes', children: 'yes' },
  ...{ childrenReason: 'Näidis', birthYear: '1985', phone: '5550 1234', areaCounties: [], areaMunicipalities: [] },
  ...{ personalCode: '' },
}

export type RaceFigures = {
  races: number
  winners: number
  conflicts: number
  /** Races in which what is kept is not what the one winner wrote. */
  lostUpdates: number
  others: string[]
}

/** `races` times two or three people who stand before the same version of one record send different texts at once. */
export async function proveRaces(cast: Cast, races: number, seed: number): Promise<RaceFigures> {
  const random = randomFrom(seed)
  const figures: RaceFigures = { races, winners: 0, conflicts: 0, lostUpdates: 0, others: [] }
  const editors = [
    cast.kim,
    (await signIn(cast.admin, cast.kim.id)).person,
    (await signIn(cast.admin, cast.kim.id)).person,
  ]
  for (let race = 0; race < races; race++) {
    const { version } = await kept(cast)
    const texts = editors.slice(0, random.whole(2, 3)).map((_, at) => `Näidis-märkus ${race}-${at}`)
    const outcomes = await Promise.allSettled(
      texts.map((notes, at) =>
        editVolunteer.run(editors[at] ?? cast.kim, { ...typed, id: cast.volunteer, version, notes }),
      ),
    )
    const won = texts.filter((_, at) => outcomes[at]?.status === 'fulfilled')
    figures.winners += won.length
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue
      if (outcome.reason instanceof Conflict) figures.conflicts++
      else figures.others.push(String(outcome.reason))
    }
    const now = await kept(cast)
    if (won.length !== 1 || now.notes !== won[0] || now.version !== version + 1) figures.lostUpdates++
  }
  return figures
}

async function kept(cast: Cast): Promise<{ version: number; notes: string | null }> {
  const { rows } = await cast.admin.query<{ version: number; notes: string | null }>(
    'select version, notes from volunteer where id = $1',
    [cast.volunteer],
  )
  if (!rows[0]) throw new Error('Lou is gone')
  return rows[0]
}

/** One of each kind in which people decide one thing at once. */
export const contests: Contest[] = [
  ...[...accessContests, ...accountContests, ...waysContests, ...watchContests, ...casesContests, ...writtenContests],
  ...[
    ...meetingContests,
    ...sittingContests,
    ...planContests,
    ...matchingContests,
    ...workContests,
    ...volunteerContests,
    ...recruitmentContests,
  ],
  ...[...supportContests, ...supervisionContests, ...paperContests],
]

export type ContestFigures = { races: number; byKind: Record<string, number>; wrong: string[] }

/**
 * Each contest so many times: one is heard, the others are told that somebody was quicker, and what is kept is one effect. What a contest says meets in
 * it does meet in it.
 */
export async function proveContests(cast: Cast, each: number, only?: RegExp): Promise<ContestFigures> {
  const players = await enter(cast)
  const figures: ContestFigures = { races: 0, byKind: {}, wrong: [] }
  for (const contest of contests.filter(({ kind }) => !only || only.test(kind))) {
    const { kind } = contest
    const met = new Set<string>()
    for (let race = 0; race < each; race++) {
      const fault = await runOnce(contest, players, race, met).catch((broken) => `could not be raced: ${broken}`)
      figures.races++
      figures.byKind[kind] = (figures.byKind[kind] ?? 0) + 1
      if (fault) figures.wrong.push(`${kind} ${race}: ${fault}`)
    }
    const said = contest.operations.toSorted().join()
    if (said !== [...met].toSorted().join()) figures.wrong.push(`${kind}: ${[...met].join()} meet, not ${said}`)
  }
  return figures
}

async function runOnce(contest: Contest, players: Players, race: number, met: Set<string>): Promise<string | null> {
  const { tries, effects } = await contest.stage(players, race)
  for (const { operation } of tries) met.add(operation)
  const outcomes = await Promise.allSettled(tries.map((one) => one()))
  const won = outcomes.filter(({ status }) => status === 'fulfilled').length
  const untold = outcomes.flatMap((one) =>
    one.status === 'rejected' && !isTold(one.reason, contest) ? [String(one.reason)] : [],
  )
  const left = await effects()
  const heard = won === 1 || (contest.both && won > 1)
  return heard && left === 1 && untold.length === 0 ? null : `${won} won, ${left} effects, ${untold.join('; ')}`
}

const isTold = (reason: unknown, { told }: Contest) =>
  reason instanceof Conflict ||
  (told !== undefined && told !== 'field' && reason instanceof NotFound) ||
  (told !== undefined && told !== 'gone' && reason instanceof Invalid)

async function enter(cast: Cast): Promise<Players> {
  useLedger(join(mkdtempSync(join(tmpdir(), 'tugivork-races-')), 'erasures.jsonl'))
  const { rows } = await cast.admin.query<{ id: string }>(
    `with made as (insert into person (email, name) values ('olev@naidis.example', 'Olev Näidis-Oks') returning id)
     insert into person_role (person_id, role, valid_from, valid_to) select id, 'admin', '2020-01-01', '2999-12-31' from made returning person_id as id`,
  )
  // Nobody is asked to come back tomorrow.
  for (const name of ['invitationsPerDay', 'codesPerDay', 'linksToldPerDay', 'referralsPerDay'])
    await cast.admin.query(
      `insert into setting (name, valid_from, value, note) values ($1, '2020-01-01', '200', 'Näidis')`,
      [name],
    )
  const again = async (person: Person) => (await signIn(cast.admin, person.id)).person
  return {
    cast,
    olev: await again({ id: rows[0]?.id ?? '' } as Person),
    kims: [cast.kim, await again(cast.kim), await again(cast.kim)],
  }
}
