// Which devices keep something where there is no network, what is on each, how is one shut out, and when is it forgotten?
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { now } from '../core/clock.server.ts'
import { asPerson, type Db, knock } from '../core/db.server.ts'
import { Conflict, NotFound } from '../core/errors.ts'
import { command, query } from '../core/operation.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import type { Job } from '../process/jobs.server.ts'
import { type Device, isListed, MakeDevice, OneDevice, stateOf } from './device.ts'

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** By what the device itself keeps watch over what it holds. */
export async function rulesFor(db: Db) {
  const { fieldKeepDays, fieldTries, fieldLockMinutes, fieldPinDigits } = await settingsOn(db)
  return { keepDays: fieldKeepDays, tries: fieldTries, lockMinutes: fieldLockMinutes, pinDigits: fieldPinDigits }
}

/** Asked before a device is made ready: how long its PIN must be. */
export const openRules = query('field.rules', { roles: ['volunteer'], input: z.object({}) }, async (db) => ({
  rules: await rulesFor(db),
}))

/** A device of one's own, with the token by which it asks whether it may go on; told once. */
export const makeDevice = command(
  'field.device.make',
  {
    roles: ['volunteer'],
    inPerson: true,
    input: MakeDevice,
    about: (_: unknown, { id }: { id: string }) => ({ kind: 'field-device', id }),
  },
  async (db, { kind }, me) => {
    const [id, token] = [randomUUID(), randomBytes(32).toString('base64url')]
    await db
      .insertInto('fieldDevice')
      .values({ id, personId: me.id, kind, tokenHash: hashOf(token) })
      .execute()
    return { id, token, rules: await rulesFor(db) }
  },
)

export const isToken = (token: unknown): token is string => typeof token === 'string' && /^[\w-]{43}$/.test(token)

/** Of which supports may the device behind this token keep something? Null where it must forget everything, or says that it has. */
export async function standingOf(token: string, emptied = false): Promise<string[] | null> {
  const [row] = await knock<{ supports: string[] }>('door_field', [hashOf(token), emptied])
  return row?.supports ?? null
}

/** Goes on where the device is one's own and not shut out. */
export async function mustStand(db: Db, me: Person, device: string): Promise<void> {
  const row = await db
    .selectFrom('fieldDevice')
    .select(['revokedAt', 'emptiedAt'])
    .where('id', '=', device)
    .where('personId', '=', me.id)
    .executeTakeFirst()
  if (!row || row.revokedAt || row.emptiedAt) throw new NotFound()
}

export type Held = Device & { personId: string; person: string; volunteerId: string | null; numbers: string[] }

// What it fetched at its last contact: the supports that ran then. One that has ended since is still on it until it asks again.
const heldBy = (whose: RawBuilder<unknown>) => sql<Held>`
  select d.id, d.kind, d.made_at, d.contacted_at, d.revoked_at, d.emptied_at, d.person_id, p.name as person, v.id as volunteer_id,
    array(select distinct a.number from assignment a where a.volunteer_id = v.id and a.status in ('active', 'ended')
      and coalesce((select min(e.recorded_at) from assignment_event e where e.assignment_id = a.id and e.kind = 'accepted'), a.created_at) <= d.contacted_at
      and not exists (select from assignment_event e where e.assignment_id = a.id and e.kind = 'ended' and e.recorded_at <= d.contacted_at)
      and (a.status = 'active' or exists (select from assignment_event e where e.assignment_id = a.id and e.kind = 'ended'))
      and (a.end_on is null or a.end_on >= (d.contacted_at at time zone 'Europe/Tallinn')::date) order by a.number) as numbers
  from field_device d join person p on p.id = d.person_id left join volunteer v on v.person_id = d.person_id
  where ${whose} order by (d.revoked_at is null) desc, p.name, d.made_at desc`

async function shown(db: Db, whose: RawBuilder<unknown>) {
  const { fieldKeepDays: keepDays, fieldListDays: listDays } = await settingsOn(db)
  const { rows } = await heldBy(whose).execute(db)
  // What has long been empty is of no use to anybody; in the night it is forgotten.
  const devices = rows
    .filter((row) => isListed(row, { keepDays, listDays }, now()))
    .map((row) => {
      const state = stateOf(row, keepDays, now())
      return { ...row, state, numbers: state === 'keeps' || state === 'revoked' ? row.numbers : [] }
    })
  return { devices, keepDays, listDays }
}
export type Shown = Awaited<ReturnType<typeof shown>>

const about = (_: unknown, { devices }: Shown) => ({ kind: 'field-device', hits: devices.length })

export const listDevices = query('field.device.list', { roles: ['coordinator'], input: z.object({}), about }, (db) =>
  shown(db, sql`true`),
)

export const listOwnDevices = query(
  'field.device.own',
  { roles: ['volunteer'], input: z.object({}), about },
  (db, _, me) => shown(db, sql`d.person_id = ${me.id}`),
)

/** One of them, before it is shut out. */
export const openDevice = query(
  'field.device.open',
  {
    roles: ['volunteer', 'coordinator'],
    input: OneDevice,
    about: (_: unknown, { one }: { one: Held }) => ({ kind: 'field-device', id: one.id }),
  },
  async (db, { device }, me) => {
    const { devices, keepDays } = await shown(db, sql`d.id = ${device}`)
    const [one] = devices
    if (!one) throw new NotFound()
    return { one, keepDays, mine: one.personId === me.id }
  },
)

/** Shuts a device out: it empties itself as soon as it hears of it, and nothing more is taken from it. */
export const revokeDevice = command(
  'field.device.revoke',
  {
    roles: ['volunteer', 'coordinator'],
    input: OneDevice,
    about: (_: unknown, { id }: { id: string }) => ({ kind: 'field-device', id }),
    oneByOne: ({ device }: z.output<typeof OneDevice>) => `device/${device}`,
  },
  async (db, { device }, me) => {
    const row = await db
      .selectFrom('fieldDevice')
      .select(['personId', 'revokedAt'])
      .where('id', '=', device)
      .executeTakeFirstOrThrow()
    if (row.revokedAt) throw new Conflict({ key: 'field.error.revoked' })
    await db
      .updateTable('fieldDevice')
      .set({ revokedAt: sql<Date>`now()`, revokedBy: me.id })
      .where('id', '=', device)
      .execute()
    return { id: device, mine: row.personId === me.id }
  },
)

/** Devices that have been empty for as long as the rule says are forgotten, with what is known of having come from them. */
export const devicesForgotten: Job = { name: 'field.devices.forgotten', cron: '20 3 * * *', run: forget }

async function forget(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ gone: number }>`select field_forget() as gone`.execute(db)
    return rows[0]?.gone ?? 0
  })
}
