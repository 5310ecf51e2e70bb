// What comes of a form sent many times at once, and of two people who change one thing at once?
import { randomUUID } from 'node:crypto'
import { Conflict } from '../../../app/core/errors.ts'
import { logVisit } from '../../../app/support/visit/visits.server.ts'
import { editVolunteer } from '../../../app/volunteers/keeping.server.ts'
import { randomFrom } from '../../../db/seed/random.ts'
import type { Cast } from '../../cast.ts'
import { signIn } from '../../cast.ts'
import { givenSupport } from '../../support.ts'

export type DoubleFigures = { groups: number; sent: number; effects: number; differing: number }

/** `groups` forms, each sent two to ten times at once under its one key; the answers of a group must be the same. */
export async function proveDoubleSubmit(cast: Cast, groups: number, seed: number): Promise<DoubleFigures> {
  const random = randomFrom(seed)
  const { assignment } = await givenSupport(cast, '2026-05-01')
  const figures: DoubleFigures = { groups, sent: 0, effects: 0, differing: 0 }
  const input = { assignment, day: '2026-10-01', way: 'phone', minutes: '15' }
  const before = await countVisits(cast)
  for (let group = 0; group < groups; group++) {
    const once = randomUUID()
    const times = random.whole(2, 10)
    const answers = await Promise.all(Array.from({ length: times }, () => logVisit.run(cast.lou, input, once)))
    figures.sent += times
    if (new Set(answers.map((answer) => answer.id)).size !== 1) figures.differing++
  }
  return { ...figures, effects: (await countVisits(cast)) - before }
}

const countVisits = async (cast: Cast): Promise<number> =>
  (await cast.admin.query<{ count: number }>('select count(*)::int from visit')).rows[0]?.count ?? 0

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
