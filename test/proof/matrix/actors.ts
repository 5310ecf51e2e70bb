// Who asks in the matrix: every role, and everybody whose right has ended, was lent, waits for a proof, or never was?
import { randomUUID } from 'node:crypto'
import { newSecret } from '../../../app/core/session.server.ts'
import type { Person, Role } from '../../../app/core/user.ts'
import { type Cast, type CastName, signIn } from '../../cast.ts'
import { lend, standIn } from '../../substitution.ts'

/** What a session is worth at this moment. */
export type Standing = 'live' | 'none' | 'stale' | 'keyless'

export type Actor = {
  name: string
  /** Which person of the world sits there; whoever shares one shares what is their own. */
  who: string
  standing: Standing
  /** The role in which the requests are made; null where there is none any more. */
  role: Role | null
  network: 'ida' | 'harju' | null
  /** Whose desk it is, where it is not one's own. */
  desk: string | null
  person: Person | null
  cookie: string | null
}

const ofCast: [CastName, Role, 'ida' | 'harju' | null][] = [
  ['kim', 'coordinator', null],
  ['peep', 'manager', null],
  ['lea', 'lead', 'ida'],
  ['mall', 'member', 'ida'],
  ['max', 'lead', 'harju'],
  ['sirje', 'supervisor', null],
  ['lou', 'volunteer', null],
  ['tiia', 'trainer', null],
  ['jaan', 'steering', null],
  ['aino', 'auditor', null],
  ['ott', 'admin', null],
  ['piret', 'referrer', null],
]

/** People of Harju who help there, so that what belongs to somebody else really does. */
export type Others = { vera: Person; siim: Person; kai: Person; bare: Person; was: Person; gone: Person }

export async function openOthers(cast: Cast): Promise<Others> {
  const make = async (name: string, role: Role | null, more = '') => {
    const id = randomUUID()
    await cast.admin.query('insert into person (id, email, name) values ($1, $2, $3)', [
      id,
      `${name}@naidis.example`,
      `${name[0]?.toUpperCase()}${name.slice(1)} Näidis-Muu`,
    ])
    if (role) await cast.admin.query(roleOf(more), [id, role, role === 'lead' ? cast.networks.ida : null])
    return (await signIn(cast.admin, id)).person
  }
  return {
    vera: await make('vera', 'volunteer'),
    siim: await make('siim', 'supervisor'),
    kai: await make('kai', 'coordinator'),
    bare: await make('bare', null),
    was: await make('was', 'lead', 'ended'),
    gone: await make('gone', 'coordinator'),
  }
}

const roleOf = (ended: string) =>
  `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to)
   values ($1, $2::text, $3::uuid, case when $3::uuid is not null then 'ohvriabi' end, '2020-01-01', ${ended ? `current_date - 2` : `'2999-12-31'`})`

/** Everybody who asks. Sessions of one's own each, so that what one of them loses the next does not. */
export async function openActors(cast: Cast, others: Others): Promise<Actor[]> {
  const sit = async (
    name: string,
    who: string,
    personId: string,
    role: Role | null,
    network: Actor['network'] = null,
    more: Partial<Actor> & { change?: string } = {},
  ): Promise<Actor> => {
    const { person, cookie } = await signIn(cast.admin, personId)
    const { change, ...rest } = more
    if (change) await cast.admin.query(`update session set ${change} where id = $1`, [person.sessionId])
    return { name, who, standing: 'live', role, network, desk: null, person, cookie, ...rest }
  }
  const all: Actor[] = []
  for (const [name, role, network] of ofCast) all.push(await sit(name, name, cast[name].id, role, network))
  all.push(
    await sit('volunteer of another network', 'vera', others.vera.id, 'volunteer'),
    await sit('supervisor of others', 'siim', others.siim.id, 'supervisor'),
    await sit('person without a role', 'bare', others.bare.id, null),
    await sit('role that ended', 'was', others.was.id, null),
  )
  const none = { standing: 'none' as const }
  const dead = "idle_until = now() - interval '1 minute'"
  const over = "absolute_until = now() - interval '1 minute'"
  all.push(
    { ...nobody, name: 'nobody' },
    await sit('idle session', 'lea', cast.lea.id, 'lead', 'ida', { ...none, change: dead }),
    await sit('session past its hours', 'kim', cast.kim.id, 'coordinator', null, { ...none, change: over }),
    await sit('closed account', 'gone', others.gone.id, 'coordinator', null, none),
  )
  await cast.admin.query(`update person set status = 'disabled' where id = $1`, [others.gone.id])
  const stale = { standing: 'stale' as const, change: "proved_at = now() - interval '2 hours'" }
  all.push(
    await sit('lead proved long ago', 'lea', cast.lea.id, 'lead', 'ida', stale),
    await sit('coordinator proved long ago', 'kim', cast.kim.id, 'coordinator', null, stale),
    await sit('administrator proved long ago', 'ott', cast.ott.id, 'admin', null, stale),
    await sit('support person proved long ago', 'lou', cast.lou.id, 'volunteer', null, stale),
  )
  return [...all, await stand(cast), await withoutKeys(cast, 'admin'), await withoutKeys(cast, 'volunteer')]
}

const nobody: Actor = {
  ...{ name: '', who: 'nobody', standing: 'none', role: null, network: null, desk: null, person: null, cookie: null },
}

async function stand(cast: Cast): Promise<Actor> {
  const id = await lend(cast, cast.kim, cast.peep)
  const there = await standIn(cast, cast.peep, id)
  // As of everybody else's: the proof holds as long as the test does.
  await cast.admin.query(`update session set proved_at = now() + interval '1 hour' where id = $1`, [
    there.person.sessionId,
  ])
  const at = { name: 'stand-in', who: 'peep', standing: 'live' as const, role: 'coordinator' as const, network: null }
  return { ...at, desk: 'kim', ...there }
}

// Who came with a password, has no key yet, and is nobody without one.
async function withoutKeys(cast: Cast, role: 'admin' | 'volunteer'): Promise<Actor> {
  const id = randomUUID()
  await cast.admin.query(
    `insert into person (id, email, name) values ($1, 'votmeta-' || $2 || '@naidis.example', 'Näidis-Võtmeta')`,
    [id, role],
  )
  await cast.admin.query(roleOf(''), [id, role, null])
  const { claimHash, cookie, claim } = newSecret(id)
  await cast.admin.query(
    `insert into session (person_id, claim_hash, method, factors, idle_minutes, idle_until, absolute_until)
     values ($1, $2, 'password', 2, 60, now() + interval '2 hours', now() + interval '8 hours')`,
    [id, claimHash],
  )
  const person = { id, claim } as Person
  return { ...nobody, name: `${role} without keys`, who: `keyless ${role}`, standing: 'keyless', person, cookie }
}
