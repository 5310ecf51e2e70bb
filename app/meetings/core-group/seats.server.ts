// Who sits in the core group of a network, and for which agency does each of them speak?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { choice, id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { type Agency, agencies, readAgencies } from '../../core/setting.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'

export type Seat = {
  personId: string
  name: string
  role: 'lead' | 'member'
  agency: Agency
  /** The words that were given with the role. */
  words: string | null
  /** The lead has said it; otherwise it was read out of the words. */
  said: boolean
}

/** Everybody who leads a network or sits in its core group today, by agency and name. */
export async function seatsOf(db: Db, networkId: string): Promise<Seat[]> {
  const { rows } = await sql<Seat>`
    select p.id as person_id, p.name, case when bool_or(r.role = 'lead') then 'lead' else 'member' end as role,
      agency_of(${networkId}::uuid, p.id) as agency, max(r.agency) as words, exists (select from agency_seat s
        where s.network_id = ${networkId}::uuid and s.person_id = p.id and s.superseded_at is null) as said
    from person_role r join person p on p.id = r.person_id
    where r.network_id = ${networkId}::uuid and r.role in ('lead', 'member') and p.status = 'active'
      and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to
    group by p.id, p.name`.execute(db)
  const place = (seat: Seat) => agencies.indexOf(seat.agency)
  const collator = new Intl.Collator('et')
  return rows.toSorted((a, b) => place(a) - place(b) || collator.compare(a.name, b.name))
}

/** The agencies without which a core group is not whole, as they are set on that day. */
export async function coreAgenciesOn(db: Db, day?: string): Promise<Agency[]> {
  return readAgencies((await settingsOn(db, day)).coreAgencies) ?? []
}

/** Which of the core agencies nobody speaks for. */
export const missingOf = (core: readonly Agency[], there: readonly { agency: Agency }[]): Agency[] =>
  core.filter((agency) => !there.some((one) => one.agency === agency))

export const NetworkChoice = z.object({ network: id().optional().catch(undefined) })

/** The network that was asked for, or the first of one's own; whoever has none of it finds nothing. */
export async function networkFor(db: Db, me: Person, asked: string | undefined) {
  const wanted = asked ?? me.networks[0]
  const mine = await db
    .selectFrom('network')
    .select(['id', 'name'])
    .where('id', 'in', withNone(me))
    .orderBy('name')
    .execute()
  const network = mine.find((one) => one.id === wanted)
  if (!network) throw new NotFound()
  return { network, networks: mine }
}

// An empty list is no list to the database.
const withNone = (me: Person) => (me.networks.length ? me.networks : ['00000000-0000-0000-0000-000000000000'])

export const openCoreGroup = query(
  'meeting.group.open',
  {
    roles: ['lead', 'member'],
    input: NetworkChoice,
    about: (_input: unknown, output: { network: { id: string } }) => ({
      kind: 'network',
      id: output.network.id,
      networkId: output.network.id,
    }),
  },
  async (db, input, me) => {
    const { network, networks } = await networkFor(db, me, input.network)
    const seats = await seatsOf(db, network.id)
    return { network, networks, seats, missing: missingOf(await coreAgenciesOn(db), seats) }
  },
)

export const SetSeat = z.object({
  network: id(),
  person: id(),
  agency: choice(agencies, { label: 'meetings.group.agency', prefix: 'core.agency' }),
})

/** The lead says for whom somebody speaks; what was said before is kept. */
export const setSeat = command(
  'meeting.group.seat',
  {
    roles: ['lead'],
    input: SetSeat,
    about: (input: z.output<typeof SetSeat>) => ({ kind: 'person', id: input.person, networkId: input.network }),
  },
  async (db, input, me) => {
    if (!(await seatsOf(db, input.network)).some((seat) => seat.personId === input.person)) throw new NotFound()
    if (!me.networks.includes(input.network)) throw new NotFound()
    await db
      .updateTable('agencySeat')
      .set({ supersededAt: sql<Date>`now()` })
      .where('networkId', '=', input.network)
      .where('personId', '=', input.person)
      .where('supersededAt', 'is', null)
      .execute()
    await db
      .insertInto('agencySeat')
      .values({ networkId: input.network, personId: input.person, agency: input.agency, recordedBy: me.id })
      .execute()
    return { network: input.network }
  },
)

/** The page of one seat. */
export const openSeat = query(
  'meeting.group.seat.open',
  {
    roles: ['lead'],
    input: SetSeat.pick({ network: true, person: true }),
    about: (input: { person: string; network: string }) => ({
      kind: 'person',
      id: input.person,
      networkId: input.network,
    }),
  },
  async (db, input, me) => {
    const { network } = await networkFor(db, me, input.network)
    const seat = (await seatsOf(db, network.id)).find((one) => one.personId === input.person)
    if (!seat) throw new NotFound()
    return { network, seat }
  },
)
