// Who asks? People of the bench who have signed in, and what each of them may look at or write.
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { today } from '../../app/core/clock.server.ts'
import { csrfToken, newSecret, ownerMark } from '../../app/core/session.server.ts'
import type { Words } from '../floor/script.ts'
import type { Ask } from './load.ts'

export type Guest = { id: string; cookie: string; claim: string }
/** Those of one network who have signed in, its leads among them, and some of its cases that run and to which its core group is invited. */
export type Network = { guests: Guest[]; leads: Guest[]; cases: string[] }
/** A helper and what she helps in; a supervisor and what goes on under her eyes. */
export type Helper = Guest & { assignment: string }
export type Supervisor = Guest & { assignments: string[] }
export type Crowd = {
  /** The hot one first. */
  networks: Network[]
  /** Leads and members of the hot network, its leads alone, and its cases: its members see no others. */
  network: Guest[]
  leads: Guest[]
  cases: string[]
  coordinators: Guest[]
  /** Many more coordinators: each may search only so often, and what the floor asks counts too. */
  searchers: Guest[]
  /** As many who have no role but that which `asMembers` gives them for a while. */
  finders: Guest[]
  supervisors: Supervisor[]
  volunteers: Helper[]
  /** The next meeting of the hot network. */
  meeting: string
  /** What the floor knows of each beforehand, by cookie. */
  words: Record<string, Words>
}

/** The network that has three tenths of everything. */
export const hot = `select id from network where name = 'Näidis-võrgustik 1'`

/** Signs in as many as will be needed; the administrator lays down the sessions, as the door would. */
export async function gather(admin: Client): Promise<Crowd> {
  const words: Crowd['words'] = {}
  const enter = async <G extends { id: string }>(one: G, known: Words): Promise<G & Guest> => {
    const guest = await signIn(admin, one.id)
    words[guest.cookie] = { me: one.id, claim: guest.claim, ...known }
    return { ...one, ...guest }
  }
  const all = async <G extends { id: string }>(people: G[], known: (one: G) => Words = () => ({})) => {
    const guests: (G & Guest)[] = []
    for (const one of people) guests.push(await enter(one, known(one)))
    return guests
  }
  const networks: Network[] = []
  for (const network of await idsOf(admin, `select id from network order by length(name), name`)) {
    const { rows } = await admin.query<{ id: string; role: string }>(
      `select person_id as id, role from person_role where network_id = $1 order by role, person_id`,
      [network],
    )
    const guests = await all(rows, () => ({ network }))
    networks.push({ guests, leads: guests.filter(({ role }) => role === 'lead'), cases: await casesOf(admin, network) })
  }
  const [first] = networks
  if (!first) throw new Error('the country has no network')
  const [meeting = ''] = await idsOf(admin, `select id from meeting where phase = 'planned' and network_id = (${hot})`)
  const coordinators = await all(await officeOf(admin, 'coordinator'))
  return {
    ...{ coordinators: coordinators.slice(0, 40), searchers: coordinators.slice(40) },
    ...{ networks, network: first.guests, leads: first.leads, cases: first.cases, meeting, words },
    finders: await all(
      (await idsOf(admin, `select id from person where email like 'finder-%' order by id`)).map((id) => ({ id })),
      () => ({ network: words[first.guests[0]?.cookie ?? '']?.network }),
    ),
    supervisors: await all(await supervisorsIn(admin)),
    volunteers: await all(await helpersIn(admin), ({ id: _, ...known }) => known),
  }
}

async function idsOf(admin: Client, text: string, values: string[] = []): Promise<string[]> {
  return (await admin.query<{ id: string }>(text, values)).rows.map((row) => row.id)
}

async function officeOf(admin: Client, role: string): Promise<{ id: string }[]> {
  const ids = await idsOf(admin, `select person_id as id from person_role where role = $1 order by person_id`, [role])
  return ids.map((id) => ({ id }))
}

const casesOf = (admin: Client, network: string) =>
  idsOf(
    admin,
    `select id from case_file where network_id = $1 and status = 'open' and invited_at is not null order by number limit 5000`,
    [network],
  )

async function helpersIn(admin: Client): Promise<(Words & { id: string; assignment: string })[]> {
  const { rows } = await admin.query<Words & { id: string; assignment: string }>(
    `select distinct on (v.id) v.person_id as id, a.id as assignment, a.case_id as case, a.network_id as network, v.id as volunteer, a.number
     from assignment a join volunteer v on v.id = a.volunteer_id
     where a.status = 'active' and v.status = 'active' order by v.id, a.id limit 200`,
  )
  return rows
}

async function supervisorsIn(admin: Client): Promise<{ id: string; assignments: string[] }[]> {
  const { rows } = await admin.query<{ id: string; assignments: string[] }>(
    `select supervisor_id as id, array_agg(id order by id) as assignments from assignment where status = 'active' group by 1 order by 1 limit 50`,
  )
  return rows
}

async function signIn(admin: Client, id: string): Promise<Guest> {
  const { claim, claimHash, cookie } = newSecret(id)
  await admin.query(
    `insert into session (person_id, claim_hash, method, factors, idle_minutes, idle_until, absolute_until)
     values ($1, $2, 'passkey', 2, 1440, now() + interval '1 day', now() + interval '1 day')`,
    [id, claimHash],
  )
  return { id, cookie, claim }
}

/** Does something while the finders sit in the core group of the hot network, of which nothing else would know what to do with so many. */
export async function asMembers<V>(admin: Client, finders: readonly Guest[], work: () => Promise<V>): Promise<V> {
  const { rows } = await admin.query<{ id: string }>(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to)
     select unnest($1::uuid[]), 'member', (${hot}), 'politsei', '2020-01-01', '2999-12-31' returning id`,
    [finders.map(({ id }) => id)],
  )
  try {
    return await work()
  } finally {
    await admin.query('delete from person_role where id = any ($1)', [rows.map(({ id }) => id)])
  }
}

/** Gives the members of a list in turn, from the first again after the last. */
export function inTurn<V>(list: readonly V[]): () => V {
  let at = 0
  return () => list[at++ % list.length] as V
}

export const look = (guest: Guest, path: string): Ask => ({ path, headers: { cookie: `sid=${guest.cookie}` } })

/** What a browser says beside it: which encodings it reads, and that the address was typed or came from a page of ours. */
export const asBrowser = (ask: Ask): Ask => ({
  ...ask,
  headers: { ...ask.headers, 'accept-encoding': 'gzip, deflate, br', 'sec-fetch-site': 'same-origin' },
})

/** A form filled in and sent: a visit of today, each time another. */
export function writeVisit(guest: Helper, origin: string): Ask {
  const body = new URLSearchParams({
    _csrf: csrfToken(guest),
    _once: randomUUID(),
    _owner: ownerMark(guest),
    ...{ assignment: guest.assignment, day: today(), way: 'phone', minutes: '30' },
    note: 'Rääkisime turvaplaani läbi. Kõik rahulik. Järgmine kord kohtume neljapäeval.',
  })
  const headers = { cookie: `sid=${guest.cookie}`, origin, 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', path: '/support/visits/new', headers, body: body.toString() }
}
