// Who plays in the tests? A fresh database with the same people in it each time, already signed in.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { connect, disconnect } from '../app/core/db.server.ts'
import { rowSeal } from '../app/core/keys/row-seal.server.ts'
import { useKeys } from '../app/core/seal.server.ts'
import { newSecret, whoBears } from '../app/core/session.server.ts'
import type { Person, Role } from '../app/core/user.ts'
import { clientOf, freshDatabase, type TestDatabase } from './database.ts'

const people = {
  kim: ['Kim Näidis-Koort', 'coordinator', null],
  lou: ['Lou Näidis-Lepik', 'volunteer', null],
  max: ['Max Näidis-Mets', 'lead', 'harju'],
  lea: ['Lea Näidis-Lind', 'lead', 'ida'],
  mall: ['Mall Näidis-Maasik', 'member', 'ida'],
  sirje: ['Sirje Näidis-Saar', 'supervisor', null],
  peep: ['Peep Näidis-Pärn', 'manager', null],
  aino: ['Aino Näidis-Aas', 'auditor', null],
  ott: ['Ott Näidis-Orav', 'admin', null],
  tiia: ['Tiia Näidis-Tamm', 'trainer', null],
  jaan: ['Jaan Näidis-Jõgi', 'steering', null],
  piret: ['Piret Näidis-Paju', 'referrer', null],
  sys: ['Näidis-Süsteem', 'system', null],
} as const satisfies Record<string, readonly [string, Role, 'ida' | 'harju' | null]>

export type CastName = keyof typeof people
export type Cast = Record<CastName, Person> & {
  /** Ida-Viru (Lea, Mall) and Harju (Max). */
  networks: { ida: string; harju: string }
  /** Lou's volunteer record: Ida-Viru, speaks Estonian and Russian, guided by Sirje, everything in order. */
  volunteer: string
  /** The session cookies of the cast, for a browser. */
  cookies: Record<CastName, string>
  /** A superuser's connection: for arranging what no operation may, and for looking behind the policies. */
  admin: Client
  urls: { adminUrl: string; jobsUrl: string; readUrl: string; writeUrl: string; doorUrl: string }
  close: () => Promise<void>
}

/** Opens a database of this file's own (or `given`) with the cast in it. Call in `beforeAll`; `close()` in `afterAll`. */
export async function openCast(given?: TestDatabase): Promise<Cast> {
  const database = given ?? (await freshDatabase())
  const admin = clientOf(database.adminUrl)
  await admin.connect()
  connect(database, 4)
  useKeys({ master: randomBytes(32), masterId: 'test', index: randomBytes(32), pepper: randomBytes(32) })
  const networks = {
    ida: await makeNetwork(admin, 'Ida-Viru', '0045'),
    harju: await makeNetwork(admin, 'Harju', '0037'),
  }
  const entries: [CastName, Person][] = []
  const cookies: [CastName, string][] = []
  for (const name of Object.keys(people) as CastName[]) {
    const [called, role, network] = people[name]
    const id = await makePerson(admin, name, called, role, network ? networks[network] : null)
    const { person, cookie } = await signIn(admin, id)
    entries.push([name, person])
    cookies.push([name, cookie])
  }
  const cast = Object.fromEntries(entries) as Record<CastName, Person>
  const volunteer = await makeVolunteer(admin, cast)
  const close = async () => {
    await disconnect()
    await admin.end()
    await database.close()
  }
  return {
    ...cast,
    networks,
    volunteer,
    cookies: Object.fromEntries(cookies) as Record<CastName, string>,
    admin,
    urls: database,
    close,
  }
}

/** A session of the strength that a password with a second factor gives; an administrator's is one of the two keys that the role wants, and that of whoever only helps one of her key. */
export async function signIn(admin: Client, personId: string): Promise<{ person: Person; cookie: string }> {
  const { claim, claimHash, cookie } = newSecret(personId)
  const method = (await giveKeys(admin, personId)) ? 'passkey' : 'password'
  await admin.query(
    // Proved an hour ahead: a test may take longer than a proof holds. What asks for a fresh one sets its own time.
    `insert into session (person_id, claim_hash, method, factors, idle_minutes, idle_until, absolute_until, proved_at)
     values ($1, $2, $3, 2, 60, now() + interval '1 hour', now() + interval '8 hours', now() + interval '1 hour')`,
    [personId, claimHash, method],
  )
  const person = await whoBears(claim)
  if (!person) throw new Error('the cast could not sign in')
  return { person, cookie }
}

// Keys that nobody can use: they only stand there, as an administrator's two and a helper's one must.
async function giveKeys(admin: Client, personId: string): Promise<boolean> {
  const { rows } = await admin.query<{ keys: number }>(
    `select case when exists (select 1 from person_role where person_id = $1 and role = 'admin') then 2 when only_helps($1) then 1 else 0 end as keys`,
    [personId],
  )
  const keys = rows[0]?.keys ?? 0
  for (let nth = 1; nth <= keys; nth++) {
    const credential = createHash('sha256').update(`${personId}${nth}`).digest()
    const publicKey = Buffer.from([1])
    const seal = rowSeal('passkey', personId, [credential, publicKey])
    await admin.query(
      `insert into passkey (person_id, credential_id, public_key, backed_up, name, seal) values ($1, $2, $3, false, $4, $5) on conflict do nothing`,
      [personId, credential, publicKey, `Näidis-võti ${nth}`, seal],
    )
  }
  // That she has them is no news to her.
  if (keys > 0) await admin.query(`delete from mail_outbox where person_id = $1 and kind = 'way-changed'`, [personId])
  return keys > 0
}

async function makeNetwork(admin: Client, name: string, county: string): Promise<string> {
  const id = randomUUID()
  await admin.query(`insert into network (id, name, started_on) values ($1, $2, '2019-01-01')`, [id, name])
  await admin.query('insert into network_area (network_id, county_code) values ($1, $2)', [id, county])
  return id
}

async function makePerson(admin: Client, name: string, called: string, role: Role, network: string | null) {
  const id = randomUUID()
  await admin.query(`insert into person (id, email, name, marac_trained_on) values ($1, $2, $3, $4)`, [
    id,
    `${name}@naidis.example`,
    called,
    role === 'lead' ? '2021-03-01' : null,
  ])
  await admin.query(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to) values ($1, $2, $3, $4, '2020-01-01', '2999-12-31')`,
    [id, role, network, network ? 'ohvriabi' : role === 'referrer' ? 'Näidis-haigla' : null],
  )
  return id
}

async function makeVolunteer(admin: Client, cast: Record<CastName, Person>): Promise<string> {
  const id = randomUUID()
  await admin.query(
    `insert into volunteer (id, person_id, name, search_name, email, sex, county_code, municipality_code, languages, child_contact,
       max_cases, supervisor_id, status, created_by)
     values ($1, $2, 'Lou Näidis-Lepik', 'lou naidis-lepik', 'lou@naidis.example', 'F', '0045', '0511', '{et,ru}', true, 2, $3, 'active', $4)`,
    [id, cast.lou.id, cast.sirje.id, cast.kim.id],
  )
  await admin.query(
    `insert into volunteer_status (volunteer_id, status, from_on, recorded_by, recorded_at) values ($1, 'active', '2020-01-01', $2, '2020-01-01')`,
    [id, cast.kim.id],
  )
  for (const kind of ['training', 'contract', 'pledge', 'background']) {
    await admin.query(
      `insert into volunteer_evidence (volunteer_id, kind, valid_from, valid_to, passed, recorded_by) values ($1, $2, current_date - 30, current_date + 700, true, $3)`,
      [id, kind, cast.kim.id],
    )
  }
  return id
}
