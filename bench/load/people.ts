// Who asks? People of the bench who have signed in, and what each of them may look at or write.
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { today } from '../../app/core/clock.server.ts'
import { csrfToken, newSecret, ownerMark } from '../../app/core/session.server.ts'
import type { Words } from '../floor/script.ts'
import type { Ask } from './load.ts'

export type Guest = { id: string; cookie: string; claim: string }
export type Crowd = {
  /** Leads and members of the hot network. */
  network: Guest[]
  coordinators: Guest[]
  volunteers: (Guest & { assignment: string })[]
  /** Cases of that network which run and to which its core group is invited: its members see no others. */
  cases: string[]
  /** The next meeting of that network. */
  meeting: string
  /** What the floor knows of each beforehand, by cookie. */
  words: Record<string, Words>
}

/** The network that has three tenths of everything. */
export const hot = `select id from network where name = 'Näidis-võrgustik 1'`

/** Signs in as many as will be needed; the administrator lays down the sessions, as the door would. */
export async function gather(admin: Client): Promise<Crowd> {
  const ids = async (text: string) => (await admin.query<{ id: string }>(text)).rows.map((row) => row.id)
  const leads = await ids(
    `select person_id as id from person_role where network_id = (${hot}) order by role, person_id`,
  )
  const coordinators = await ids(
    `select person_id as id from person_role where role = 'coordinator' order by person_id`,
  )
  const { rows: helpers } = await admin.query<Words & { id: string; assignment: string }>(
    `select distinct on (v.id) v.person_id as id, a.id as assignment, a.case_id as case, a.network_id as network, v.id as volunteer, a.number
     from assignment a join volunteer v on v.id = a.volunteer_id
     where a.status = 'active' and v.status = 'active' order by v.id, a.id limit 200`,
  )
  const [network] = await ids(hot)
  const [meeting = ''] = await ids(`select id from meeting where phase = 'planned' and network_id = (${hot})`)
  const words: Crowd['words'] = {}
  const all = async <G extends { id: string }>(people: G[], known: (one: G) => Words) => {
    const guests: (G & Guest)[] = []
    for (const one of people) {
      const guest = await signIn(admin, one.id)
      words[guest.cookie] = { me: one.id, claim: guest.claim, ...known(one) }
      guests.push({ ...one, ...guest })
    }
    return guests
  }
  return {
    network: await all(
      leads.map((id) => ({ id })),
      () => ({ network }),
    ),
    coordinators: await all(
      coordinators.map((id) => ({ id })),
      () => ({}),
    ),
    volunteers: await all(helpers, ({ id: _, ...known }) => known),
    cases: await ids(
      `select id from case_file where network_id = (${hot}) and status = 'open' and invited_at is not null order by number limit 5000`,
    ),
    meeting,
    words,
  }
}

async function signIn(admin: Client, id: string): Promise<Guest> {
  const { claim, claimHash, cookie } = newSecret(id)
  await admin.query(
    `insert into session (person_id, claim_hash, method, factors, idle_minutes, idle_until, absolute_until)
     values ($1, $2, 'password', 2, 1440, now() + interval '1 day', now() + interval '1 day')`,
    [id, claimHash],
  )
  return { id, cookie, claim }
}

/** Gives the members of a list in turn, from the first again after the last. */
export function inTurn<V>(list: readonly V[]): () => V {
  let at = 0
  return () => list[at++ % list.length] as V
}

export const look = (guest: Guest, path: string): Ask => ({ path, headers: { cookie: `sid=${guest.cookie}` } })

/** A form filled in and sent: a visit of today, each time another. */
export function writeVisit(guest: Guest & { assignment: string }, origin: string): Ask {
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
