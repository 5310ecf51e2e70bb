// How often may one person do what gathers or spreads much, and what do they hear when it was often enough?
import { sql } from 'kysely'
import { formatTime } from '../../i18n/format.ts'
import { now } from '../clock.server.ts'
import type { Db } from '../db.server.ts'
import { StandsStill, TooMany } from '../errors.ts'
import { type SettingName, Settings } from '../setting.ts'

type Turn = { setting: SettingName; span: 'hour' | 'day' }

/** What is counted together, by which setting, and from when on it is counted anew. */
const turns = {
  export: { setting: 'exportsPerDay', span: 'day' },
  search: { setting: 'searchesPerHour', span: 'hour' },
  code: { setting: 'codesPerDay', span: 'day' },
  find: { setting: 'findsPerDay', span: 'day' },
  invitation: { setting: 'invitationsPerDay', span: 'day' },
  upload: { setting: 'uploadsPerDay', span: 'day' },
  circle: { setting: 'linksToldPerDay', span: 'day' },
  keys: { setting: 'keyChangesPerDay', span: 'day' },
  referral: { setting: 'referralsPerDay', span: 'day' },
} as const satisfies Record<string, Turn>
export type TurnKind = keyof typeof turns

// Which operations are counted together, by their names in the log.
const together = new Map<TurnKind, string[]>()

/** Said by each operation when it is made. */
export function countsAs(kind: TurnKind, name: string): void {
  together.set(kind, [...(together.get(kind) ?? []), name])
}

/** Refuses with the time from which it can go on; the database counts, and one person's turns one after another. */
export async function takeTurn(db: Db, kind: TurnKind): Promise<void> {
  const { setting, span } = turns[kind]
  const otherwise = Settings.shape[setting].parse(undefined)
  const { rows } = await sql<{ remaining: number; seconds: number; stopped: boolean }>`
    select remaining, seconds, stopped from auth_turns(${kind}, ${together.get(kind) ?? []}::text[], ${span}, ${setting}, ${otherwise}::int)`.execute(
    db,
  )
  const { remaining = 0, seconds = 0, stopped = false } = rows[0] ?? {}
  if (stopped) throw standsStill()
  if (remaining > 0) return
  const time = formatTime(new Date(now().getTime() + seconds * 1000))
  throw new TooMany({ key: `core.turn.${kind}`, args: { time } }, seconds)
}

// The same hour whoever asks and whenever: since when it stands would tell what was opened then.
const standsStill = () => new StandsStill({ key: 'core.turn.stopped' }, 3600)

/** For what is searched but not counted: refuses while exports and searches stand still. */
export async function mustGoOn(db: Db): Promise<void> {
  const { rows } = await sql<{ stopped: boolean }>`select auth_stopped() as stopped`.execute(db)
  if (rows[0]?.stopped) throw standsStill()
}
