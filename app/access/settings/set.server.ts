// Who sets a value, what takes a second person, and what does that one decide?
import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { isCounted, ofTwo, type SettingName, Settings } from '../../core/setting.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person, Role } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { mustBeFresh } from '../fresh.ts'
import { type Asked, AskedId, maySet, RefuseAsked, SetSetting } from './asked.ts'

/** A stricter value begins on its day; a looser one waits for a second person. */
export const setSetting = command(
  'setting.set',
  {
    roles: ['coordinator', 'admin', 'auditor'],
    inPerson: true,
    input: SetSetting,
    about: (input) => ({ kind: 'setting', id: input.name }),
    oneByOne: ({ name }) => `setting/${name}`,
  },
  async (db, input, me) => {
    mustBeFresh(me)
    const name = input.name as SettingName
    if (!maySet(me, name)) throw new Conflict({ key: 'core.setting.notYours' })
    const value = JSON.stringify(readValue(name, input.value))
    const { validFrom, note } = input
    if (validFrom < today()) throw new Invalid({ validFrom: { key: 'core.setting.past' } })
    const { rows } = await sql<{
      two: boolean
    }>`select setting_takes_two(${name}, ${value}::jsonb, ${validFrom}::date) as two`.execute(db)
    if (rows[0]?.two) return { name, waits: await ask(db, me, { name, value, validFrom, note }) }
    await sql`insert into setting (name, valid_from, value, note, set_by)
      values (${name}, ${validFrom}, ${value}::jsonb, ${note}, ${me.id})`.execute(db)
    return { name, waits: null }
  },
)

function readValue(name: SettingName, written: string): unknown {
  const typed = isCounted(name) ? Number(written.replace(',', '.')) : written
  const value = Settings.shape[name].safeParse(typed)
  const most = ofTwo[name]?.most ?? Number.POSITIVE_INFINITY
  if (!value.success || Number(value.data) > most)
    throw new Invalid({ value: { key: 'core.setting.outOfRange', args: { value: written } } })
  return value.data
}

type Wanted = { name: SettingName; value: string; validFrom: string; note: string }

/** Asked for once at a time; those who could be the second person are told. */
async function ask(db: Db, me: Person, { name, value, validFrom, note }: Wanted): Promise<string> {
  const [same] = await askedWhere(db, me, sql<boolean>`a.name = ${name} and ${isOpen}`)
  if (same) throw new Conflict({ key: 'access.two.already' })
  const { rows: others } = await sql<{ id: string }>`select unnest(setting_deciders(${me.id}::uuid)) as id`.execute(db)
  if (others.length === 0) throw new Conflict({ key: 'access.two.nobody' })
  const id = randomUUID()
  const { confirmDays } = await settingsOn(db)
  await sql`insert into setting_asked (id, name, value, valid_from, note, asked_by, expires_at) values
    (${id}, ${name}, ${value}::jsonb, ${validFrom}, ${note}, ${me.id}, now() + make_interval(days => ${confirmDays}))`.execute(
    db,
  )
  for (const other of others) await mailTo(db, other.id, 'new-task')
  return id
}

const isOpen = sql<boolean>`a.decision is null and a.expires_at > now()`
const isMine = sql<boolean>`auth_person() = any (setting_deciders(a.asked_by))`

async function askedWhere(db: Db, me: Person, condition: RawBuilder<boolean>): Promise<Asked[]> {
  if (!me.roles.some((role) => watchers.includes(role))) return []
  const { rows } = await sql<Omit<Asked, 'inForce'>>`
    select a.id, a.name, a.value, a.valid_from::text, a.note, a.asked_by, p.name as asker, name_then(a.asked_by, a.asked_at) as asker_then, a.asked_at, a.expires_at,
      coalesce(a.decision, case when a.expires_at > now() then 'waiting' else 'expired' end) as state, o.name as decider,
      name_then(a.decided_by, a.decided_at) as decider_then, a.decided_at,
      a.decision_reason, ${isMine} as mine,
      array(select d.name from person d where d.id = any (setting_deciders(a.asked_by)) order by d.name collate "et-x-icu") as deciders
    from setting_asked a left join person p on p.id = a.asked_by left join person o on o.id = a.decided_by
    where ${condition} order by a.asked_at desc limit 100`.execute(db)
  if (rows.length === 0) return []
  const inForce = await settingsOn(db)
  return rows.map((row) => ({ ...row, inForce: inForce[row.name] }))
}

/** What waits for me, and what I have asked for within thirty days. */
export async function settingsAsked(db: Db, me: Person): Promise<Asked[]> {
  const recent = sql<boolean>`a.asked_by = ${me.id} and a.asked_at > now() - interval '30 days'`
  return askedWhere(db, me, sql<boolean>`(${isOpen} and ${isMine}) or (${recent})`)
}

/** What waits, of one setting or of all: for whoever looks at the settings. */
export const waitingSettings = (db: Db, me: Person, name: string | null = null): Promise<Asked[]> =>
  askedWhere(db, me, sql<boolean>`${isOpen} and a.name = coalesce(${name}::text, a.name)`)

/** How many wait for me as the second person, for whoever counts what waits. */
export const settingsToConfirm = sql<number>`(select count(*)::int from setting_asked a where ${isOpen} and ${isMine})`

const watchers: readonly Role[] = ['admin', 'coordinator', 'manager', 'auditor']
const about = (input: { id: string }) => ({ kind: 'setting-asked', id: input.id })

export const openAsked = query(
  'setting.asked.open',
  { roles: watchers, input: AskedId, about },
  async (db, { id }, me) => {
    const [found] = await askedWhere(db, me, sql<boolean>`a.id = ${id}`)
    if (!found) throw new NotFound()
    return found
  },
)

const deciders = ['admin', 'coordinator', 'manager'] as const satisfies readonly Role[]

async function decide(
  db: Db,
  me: Person,
  id: string,
  how: 'confirmed' | 'refused',
  why: string | null,
): Promise<Asked> {
  mustBeFresh(me)
  const [found] = await askedWhere(db, me, sql<boolean>`a.id = ${id}`)
  if (!found) throw new NotFound()
  const { rows } = await sql<{ done: boolean }>`select setting_decide(${id}::uuid, ${how}, ${why}) as done`.execute(db)
  if (!rows[0]?.done) throw new Conflict({ key: 'access.two.notOpen' })
  await mailTo(db, found.askedBy, 'new-task')
  return found
}

export const confirmSetting = command(
  'setting.confirm',
  { roles: deciders, inPerson: true, input: AskedId, about },
  async (db, { id }, me) => ({ name: (await decide(db, me, id, 'confirmed', null)).name }),
)

export const refuseSetting = command(
  'setting.refuse',
  { roles: deciders, inPerson: true, input: RefuseAsked, about },
  async (db, { id, reason }, me) => ({ name: (await decide(db, me, id, 'refused', reason)).name }),
)

export const withdrawSetting = command(
  'setting.withdraw',
  { roles: ['admin', 'coordinator'], inPerson: true, input: AskedId, about },
  async (db, { id }, me) => {
    const { rows } = await sql<{ done: boolean }>`select setting_withdraw(${id}::uuid) as done`.execute(db)
    if (rows[0]?.done) return
    const [found] = await askedWhere(db, me, sql<boolean>`a.id = ${id}`)
    throw found && found.state !== 'waiting' ? new Conflict({ key: 'access.two.notOpen' }) : new NotFound()
  },
)
