// Which roles does the database know, and what may each of them be?
import type { Client } from 'pg'
import { scramMatches, scramVerifier } from './scram.ts'

export const loginRoles = ['tugivork_read', 'tugivork_write', 'tugivork_door', 'tugivork_jobs'] as const
export const ownerRoles = ['tugivork_owner', 'tugivork_definer'] as const
export type LoginRole = (typeof loginRoles)[number]
export type RolePasswords = Record<LoginRole, string>

// A server with LLVM compiles a plan that it thinks dear, and of many policies it thinks so: that takes longer than any of our statements.
const limits = ['idle_in_transaction_session_timeout=10s', 'jit=off', 'lock_timeout=2s', 'statement_timeout=5s']
const attributes = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication'
const kinds = { login: 'login noinherit', nologin: 'nologin inherit' }
// Roles belong to the whole cluster: two databases being prepared at once meet here (duplicate, unique, "tuple concurrently updated").
const meetings = new Set(['42710', '23505', 'XX000', '40001', '40P01'])

type Found = {
  rolname: string
  plain: boolean
  rolcanlogin: boolean
  verifier: string | null
  settings: string[] | null
  definer: boolean
}

/** Makes the cluster's roles what they must be; changes only what differs, so a second call costs one query. */
export async function ensureRoles(client: Client, passwords: RolePasswords): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await alignRoles(client, passwords)
    } catch (error) {
      if (attempt === 25 || !meetings.has((error as { code?: string }).code ?? '')) throw error
      await new Promise((done) => setTimeout(done, 10 * attempt * Math.random()))
    }
  }
}

async function alignRoles(client: Client, passwords: RolePasswords): Promise<void> {
  const found = await readRoles(client)
  for (const name of ownerRoles) await alignAttributes(client, name, 'nologin', found.get(name))
  // The owner may hand functions over to the definer, and change them afterwards.
  if (!found.get('tugivork_owner')?.definer) await client.query('grant tugivork_definer to tugivork_owner')
  for (const name of loginRoles) {
    const role = found.get(name)
    await alignAttributes(client, name, 'login', role)
    if (!scramMatches(role?.verifier ?? null, passwords[name])) {
      await client.query(`alter role ${name} password ${client.escapeLiteral(scramVerifier(passwords[name]))}`)
    }
    if ((role?.settings ?? []).toSorted().join() === limits.join()) continue
    for (const [setting, value] of limits.map((limit) => limit.split('='))) {
      await client.query(`alter role ${name} set ${setting} = '${value}'`)
    }
  }
}

async function alignAttributes(client: Client, name: string, login: 'login' | 'nologin', role?: Found): Promise<void> {
  if (!role) await client.query(`create role ${name} ${kinds[login]} ${attributes}`)
  else if (!role.plain || role.rolcanlogin !== (login === 'login')) {
    await client.query(`alter role ${name} ${kinds[login]} ${attributes}`)
  }
}

async function readRoles(client: Client): Promise<Map<string, Found>> {
  const { rows } = await client.query<Found>(
    `select rolname, rolcanlogin, rolpassword as verifier,
       exists (select 1 from pg_auth_members where member = r.oid and roleid = to_regrole('tugivork_definer')) as definer,
       not (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication or rolinherit = rolcanlogin) as plain,
       (select setconfig from pg_db_role_setting s where s.setrole = r.oid and s.setdatabase = 0) as settings
     from pg_authid r where rolname = any($1)`,
    [[...loginRoles, ...ownerRoles]],
  )
  return new Map(rows.map((row) => [row.rolname, row]))
}

/** Lets in the four login roles, and nobody else, to the database the client is connected to. */
export async function admitRoles(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; open: boolean; create: boolean }>(
    `select quote_ident(current_database()) as name, has_database_privilege('public', oid, 'connect') as open,
       has_database_privilege('tugivork_owner', oid, 'create') as create
     from pg_database where datname = current_database()`,
  )
  const database = rows[0]
  if (!database || (!database.open && database.create)) return
  await client.query(`revoke all on database ${database.name} from public`)
  await client.query(`grant connect on database ${database.name} to ${loginRoles.join(', ')}`)
  await client.query(`grant create on database ${database.name} to tugivork_owner`)
}
