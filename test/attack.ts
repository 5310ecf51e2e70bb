// Which world does an attacker find, and what does one statement of theirs achieve behind the program's back?
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { addPlace } from '../app/cases/identity/places.server.ts'
import { referCase } from './cases.ts'
import type { Cast, CastName } from './cast.ts'
import { clientOf } from './database.ts'
import { givenSupport } from './support.ts'

export type Login = 'read' | 'write' | 'door' | 'jobs'
export type World = Record<string, string>
export type Attack = [sentence: string, who: CastName | null, statement: string, login?: Login]

/**
 * Two running supports of Lou in Ida-Viru (`:caseA`, `:caseD`), one that has ended (`:caseE`), a case of Harju (`:caseB`),
 * with their places, people and papers. Names in statements (`:caseA`) are written out by `attempt`.
 */
export async function openWorld(cast: Cast): Promise<World> {
  const [a, d] = [await givenSupport(cast, '2026-05-01'), await givenSupport(cast, '2026-06-01')]
  const e = await givenSupport(cast, '2026-01-01', { endOn: '2026-04-01' })
  const caseB = await referCase(cast.max)
  for (const id of [a.caseId, d.caseId]) await addPlace.run(cast.lea, { id, kind: 'address', value: 'Näidise 1' })
  const one = async (text: string, values: unknown[] = []) =>
    String(Object.values((await cast.admin.query<Record<string, string>>(text, values)).rows[0] ?? {})[0])
  const place = (kind: string, of: string) =>
    one('select id from case_whereabouts where kind = $1 and case_id = $2', [kind, of])
  const world = {
    ...{ ida: cast.networks.ida, harju: cast.networks.harju, lou: cast.volunteer, louPerson: cast.lou.id },
    ...{
      kim: cast.kim.id,
      lea: cast.lea.id,
      mall: cast.mall.id,
      sirje: cast.sirje.id,
      ott: cast.ott.id,
      sys: cast.sys.id,
    },
    ...{ max: cast.max.id, peep: cast.peep.id, tiia: cast.tiia.id, stranger: randomUUID() },
    ...{ asLou: cast.lou.claim, asSirje: cast.sirje.claim },
    ...{ caseA: a.caseId, caseB, caseD: d.caseId, caseE: e.caseId, supportA: a.assignment, supportE: e.assignment },
    safeA: await place('safe_contact', a.caseId),
    addressA: await place('address', a.caseId),
    addressD: await place('address', d.caseId),
    placeB: await place('safe_contact', caseB),
    victimA: await one(`select id from case_person where kind = 'victim' and case_id = $1`, [a.caseId]),
    victimB: await one(`select id from case_person where kind = 'victim' and case_id = $1`, [caseB]),
    needA: await one('select id from need where case_id = $1', [a.caseId]),
    numberA: a.number,
  }
  return { ...world, ...(await papersOf(cast, world)) }
}

// What has already happened: a visit that was put right, an answered worry, a report handed in, a second volunteer.
async function papersOf(cast: Cast, world: World): Promise<World> {
  const ids = { visitOld: randomUUID(), concern: randomUUID(), report: randomUUID(), other: randomUUID() }
  const more = { needD: randomUUID(), asked: randomUUID(), period: randomUUID(), needFree: randomUUID() }
  const papers: World = { ...world, ...ids, ...more }
  await cast.admin.query(
    written(
      `insert into visit (network_id, case_id, id, assignment_id, volunteer_id, number, on_date, way, minutes, recorded_by, superseded_at, superseded_reason)
         values (':ida', ':caseA', ':visitOld', ':supportA', ':lou', 'x', '2026-10-02', 'phone', 10, ':louPerson', now(), 'viga');
       insert into concern (network_id, case_id, id, number, volunteer_id, kind, raised_by, seen_at, seen_by, answered_at, answered_by, answer_sealed)
         values (':ida', ':caseA', ':concern', 'x', ':lou', 'help', ':louPerson', now(), ':lea', now(), ':lea', '\\x01');
       insert into month_report (id, volunteer_id, month, due_on, status, figures) values (':report', ':lou', '2026-10-01', '2026-11-05', 'submitted', '{"minutes": 10}');
       insert into volunteer (id, name, search_name, county_code, languages, status, created_by)
         values (':other', 'Muu Näidis', 'muu naidis', '0045', '{et}', 'active', ':kim');
       insert into need (network_id, case_id, id, number, county_code, language, from_on, months, status, created_by)
         values (':ida', ':caseD', ':needD', 'y', '0045', 'et', '2026-01-01', 8, 'proposed', ':kim'),
           (':ida', ':caseE', ':needFree', 'z', '0045', 'et', '2026-01-01', 8, 'open', ':kim');
       insert into assignment (network_id, case_id, id, need_id, number, volunteer_id, chosen_by_solver, load_before, created_by)
         values (':ida', ':caseD', ':asked', ':needD', 'y', ':other', true, 0, ':kim');
       insert into period_report (id, period, from_on, to_on, due_on, status, figures, created_by)
         values (':period', '2026-09', '2026-09-01', '2026-09-30', '2026-10-15', 'submitted', '{}', ':kim');
       insert into mail_outbox (person_id, kind) values (':lea', 'new-task');
       insert into draft (person_id, form, values_sealed) values (':max', '/x', '\\x01');
       insert into credential (person_id, password_hash) values (':max', 'x');
       insert into recovery_code (person_id, code_hash) values (':max', '\\x01');
       insert into volunteer_tie (volunteer_id, municipality_code, reason, recorded_by) values (':lou', '0511', 'x', ':kim')`,
      papers,
    ),
  )
  return { ...papers, ...(await takesTwo(cast, papers)) }
}

// What waits for a second person, what no longer does, and ways back in: begun, agreed upon, stopped.
async function takesTwo(cast: Cast, world: World): Promise<World> {
  const ids = { askedHelper: randomUUID(), askedLate: randomUUID(), askedRefused: randomUUID(), back: randomUUID() }
  const mails = { newMail: randomUUID(), newMailLate: randomUUID(), newName: randomUUID() }
  const more = { closed: randomUUID(), stranger0: randomUUID(), mallStopped: world.mall ?? '' }
  await cast.admin.query(
    written(
      `insert into person (id, email, name, status) values (':closed', 'suletud@naidis.example', 'Näidis-Suletud', 'disabled'),
         (':stranger0', 'vooras@naidis.example', 'Näidis-Võõras', 'active');
       insert into confirmation (id, kind, person_id, role, valid_from, valid_to, reason, proposed_by, proposed_at, expires_at, decision, decided_by, decided_at, decision_reason)
         values (':askedHelper', 'role', ':tiia', 'volunteer', current_date, '2999-12-31', 'x', ':ott', now(), now() + interval '7 days', null, null, null, null),
           (':askedLate', 'role', ':tiia', 'supervisor', current_date, '2999-12-31', 'x', ':ott', now() - interval '8 days', now() - interval '1 day', null, null, null, null),
           (':askedRefused', 'role', ':tiia', 'supervisor', current_date, '2999-12-31', 'x', ':ott', now(), now() + interval '7 days', 'refused', ':kim', now(), 'x');
       insert into confirmation (id, kind, person_id, way, reason, proposed_by, expires_at, decision, decided_by, decided_at, decision_way, stopped_at)
         values (':back', 'recover', ':louPerson', 'video', 'x', ':ott', now() + interval '7 days', null, null, null, null, null),
           (gen_random_uuid(), 'recover', ':max', 'video', 'x', ':ott', now() + interval '7 days', 'confirmed', ':kim', now(), 'video', null),
           (gen_random_uuid(), 'recover', ':mall', 'video', 'x', ':ott', now() + interval '7 days', 'confirmed', ':kim', now(), 'video', now());
       insert into confirmation (id, kind, person_id, way, reason, new_email, proposed_by, proposed_at, expires_at)
         values (':newMail', 'email', ':max', 'video', 'x', 'uus.max@naidis.example', ':ott', now(), now() + interval '7 days'),
           (':newMailLate', 'email', ':tiia', 'video', 'x', 'uus.tiia@naidis.example', ':ott', now() - interval '8 days', now() - interval '1 day');
       insert into confirmation (id, kind, person_id, reason, new_name, new_search, proposed_by, expires_at)
         values (':newName', 'name', ':tiia', 'x', 'Tiia Näidis-Uus', 'tiia naidis uus', ':tiia', now() + interval '7 days');
       insert into former_name (person_id, name, held_from, held_until) values (':lea', 'Lea Näidis-Enne', now() - interval '9 days', now() - interval '8 days')`,
      { ...world, ...ids, ...mails, ...more },
    ),
  )
  return { ...ids, ...mails, ...more }
}

const written = (statement: string, world: World) =>
  statement.replaceAll(/:([a-z]\w*)/gi, (word, name: string) => world[name] ?? word)

export type Attacker = {
  /** How many rows the last statement gave or changed, or the error's code. Nothing of it stays. */
  attempt: (who: CastName | null, statement: string, login?: Login) => Promise<number | string>
  /** The same past every policy: what does the table itself refuse? */
  asOwner: (statement: string) => Promise<number | string>
  close: () => Promise<void>
}

// What rights, the rules of a table and a login that only reads say of what is not allowed.
const refusals = ['42501', '23514', '25006']

/** The rows that the statement gave or changed, or that it was refused (or failed by `also`); one that fails otherwise proves nothing, so it throws. */
export async function refusedOr(answer: Promise<number | string>, also?: string): Promise<number | 'refused'> {
  const got = await answer
  if (typeof got === 'number') return got
  if (got !== also && !refusals.includes(got)) throw new Error(got)
  return 'refused'
}

/** Connections of the process's own logins, on which anybody's claim can be used for any statement. */
export async function openAttacker(cast: Cast, world: World): Promise<Attacker> {
  const { readUrl, writeUrl, doorUrl, jobsUrl } = cast.urls
  const open = async (url: string) => {
    const client = clientOf(url)
    await client.connect()
    return client
  }
  const [read, write, door, jobs] = await Promise.all([readUrl, writeUrl, doorUrl, jobsUrl].map(open))
  const clients = { read, write, door, jobs } as Record<Login, Client>
  const attempt = async (client: Client, before: string, statement: string) => {
    await client.query(`begin${before}`)
    try {
      const told = (await client.query(written(statement, world))) as unknown
      const last = (Array.isArray(told) ? told.at(-1) : told) as { rowCount: number | null }
      return last.rowCount ?? 0
    } catch (error) {
      return (error as { code?: string }).code ?? String(error)
    } finally {
      await client.query('rollback')
    }
  }
  return {
    attempt: (who, statement, login = 'write') =>
      attempt(clients[login], who ? `; set local app.claim = '${cast[who].claim}'` : '', statement),
    asOwner: (statement) => attempt(cast.admin, '', statement),
    close: async () => {
      for (const client of Object.values(clients)) await client.end()
    },
  }
}
