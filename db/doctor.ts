// Is this database fit to keep people's secrets, and if not, what is to be done?
import { join } from 'node:path'
import type { Client } from 'pg'
import type { Message } from '../app/core/errors.ts'
import { Told } from '../app/i18n/bilingual.ts'
import { pendingMigrations, readMigrations } from './migration-files.ts'
import { policiesInForce, readPolicies } from './policy-files.ts'
import { loginRoles } from './roles.ts'

/** `warn` is something to put right; `fail` means that the program must not be run like this. */
export type Finding = { level: 'ok' | 'warn' | 'fail'; said: Message }

type DatabaseFacts = {
  version: number
  settings: Record<string, string>
  letters: boolean
  collation: boolean
  extensions: boolean
  openTables: string[]
  setConfigOpen: boolean
  looseFunctions: string[]
  schemaOpen: boolean
  missingRoles: string[]
  strongRoles: string[]
  clockSkew: number
}

const root = join(import.meta.dirname, '..')

const question = `select
  current_setting('server_version_num')::int as version,
  (select json_object_agg(name, setting) from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit',
    'data_checksums', 'log_statement', 'log_min_duration_statement', 'log_min_error_statement')) as settings,
  lower('ŠŽÕÄÖÜ') = 'šžõäöü' and 'õ' ~ '^\\w$' and current_setting('server_encoding') = 'UTF8' as letters,
  exists (select 1 from pg_collation where collname = 'et-x-icu') as collation,
  (select count(*) = 2 from pg_available_extensions where name in ('pg_trgm', 'unaccent')) as extensions,
  (select coalesce(json_agg(relname order by relname), '[]') from pg_class where relnamespace = 'public'::regnamespace
    and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)) as "openTables",
  has_function_privilege('public', 'pg_catalog.set_config(text, text, boolean)', 'execute') as "setConfigOpen",
  (select coalesce(json_agg(distinct p.proname), '[]') from pg_proc p join pg_roles r on r.oid = p.proowner
    where p.pronamespace = 'public'::regnamespace and p.prosecdef
    and (r.rolsuper or has_function_privilege('public', p.oid, 'execute'))) as "looseFunctions",
  has_schema_privilege('public', 'public', 'create') as "schemaOpen",
  (select coalesce(json_agg(name), '[]') from unnest($1::text[]) name where not exists
    (select 1 from pg_roles where rolname = name)) as "missingRoles",
  (select coalesce(json_agg(rolname order by rolname), '[]') from pg_roles r where rolname = any($1) and (rolsuper or rolbypassrls
    or rolcreaterole or rolcreatedb or rolreplication or exists (select 1 from pg_auth_members m where m.member = r.oid)
    or exists (select 1 from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace))) as "strongRoles",
  extract(epoch from clock_timestamp()) * 1000 as now`

/** Asks the database about itself. */
async function readFacts(client: Client): Promise<DatabaseFacts> {
  const begun = Date.now()
  const { rows } = await client.query<DatabaseFacts & { now: string }>(question, [loginRoles])
  const { now, ...facts } = rows[0] as DatabaseFacts & { now: string }
  // The answer was given at some time between question and arrival: the middle is the best guess.
  return { ...facts, clockSkew: Number(now) - (begun + Date.now()) / 2 }
}

/** Can this server keep data at all? Where they are real (`production`) durability is a must; in a demo it is advice. */
function judgeServer(facts: DatabaseFacts, production: boolean): Finding[] {
  const advice = production ? 'fail' : 'warn'
  const { settings } = facts
  const unsafe = ['fsync', 'full_page_writes', 'synchronous_commit'].filter((name) => settings[name] === 'off')
  const talkative = [
    settings.log_statement !== 'none' && 'log_statement',
    settings.log_min_duration_statement !== '-1' && 'log_min_duration_statement',
    !['fatal', 'panic'].includes(settings.log_min_error_statement ?? '') && 'log_min_error_statement',
  ].filter((name) => name !== false)
  const version = String(Math.floor(facts.version / 10_000))
  const seconds = (Math.abs(facts.clockSkew) / 1000).toFixed(1).replace('.', ',')
  const noText = !facts.letters || !facts.collation || !facts.extensions
  return [
    finding(facts.version < 150_000 && 'fail', 'core.doctor.version.ok', 'core.doctor.version.bad', { version }),
    finding(noText && 'fail', 'core.doctor.letters.ok', 'core.doctor.letters.bad'),
    finding(unsafe.length > 0 && advice, 'core.doctor.durable.ok', 'core.doctor.durable.bad', list(unsafe)),
    finding(settings.data_checksums !== 'on' && advice, 'core.doctor.checksums.ok', 'core.doctor.checksums.bad'),
    finding(talkative.length > 0 && advice, 'core.doctor.log.ok', 'core.doctor.log.bad', list(talkative)),
    finding(Math.abs(facts.clockSkew) > 2000 && 'fail', 'core.doctor.clock.ok', 'core.doctor.clock.bad', { seconds }),
  ]
}

/** Is everything closed that the migrations and policies close? */
function judgeRights(facts: DatabaseFacts): Finding[] {
  const { openTables, looseFunctions } = facts
  const roles = [...facts.missingRoles, ...facts.strongRoles]
  const functions = list(looseFunctions)
  return [
    finding(roles.length > 0 && 'fail', 'core.doctor.roles.ok', 'core.doctor.roles.bad', list(roles)),
    finding(openTables.length > 0 && 'fail', 'core.doctor.rows.ok', 'core.doctor.rows.bad', list(openTables)),
    finding(facts.setConfigOpen && 'fail', 'core.doctor.setConfig.ok', 'core.doctor.setConfig.bad'),
    finding(looseFunctions.length > 0 && 'fail', 'core.doctor.functions.ok', 'core.doctor.functions.bad', functions),
    finding(facts.schemaOpen && 'fail', 'core.doctor.schema.ok', 'core.doctor.schema.bad'),
  ]
}

/** Everything about the database that the client is connected to. An empty one has no rights to judge yet. */
export async function judgeDatabase(client: Client, production: boolean): Promise<Finding[]> {
  const facts = await readFacts(client)
  const { rows } = await client.query<{ there: boolean }>("select to_regclass('meta.policy') is not null as there")
  const server = judgeServer(facts, production)
  if (!rows[0]?.there) return [...server, finding('warn', 'core.doctor.migrations.ok', 'core.doctor.migrations.none')]
  return [...server, ...judgeRights(facts), ...(await judgeMigrations(client))]
}

/** Are the migrations and policies of this program the ones in force? */
async function judgeMigrations(client: Client): Promise<Finding[]> {
  try {
    const { rows } = await client.query('select number, name, checksum from meta.migration order by number')
    const files = await readMigrations(join(root, 'db/migrations'))
    const pending = pendingMigrations(files, rows)
    const args = { names: pending.map((file) => file.name).join(', '), version: String(files.length) }
    const same = await policiesInForce(client, await readPolicies(join(root, 'app')))
    return [
      finding(pending.length > 0 && 'fail', 'core.doctor.migrations.ok', 'core.doctor.migrations.pending', args),
      finding(!same && 'fail', 'core.doctor.policies.ok', 'core.doctor.policies.bad'),
    ]
  } catch (error) {
    if (error instanceof Told) return [{ level: 'fail', said: error.said }]
    throw error
  }
}

/** Places to which no checkpoint of the log has come for so long, though there has been something to tell. */
export async function latePlaces(client: Client, places: string[], minutes: number): Promise<string[]> {
  const { rows: there } = await client.query<{ there: boolean }>(
    "select to_regclass('public.audit_delivery') is not null as there",
  )
  if (!there[0]?.there) return []
  await client.query('begin; set local role tugivork_definer')
  const { rows } = await client.query<{ place: string }>(
    `select place from unnest($1::text[]) place
     where coalesce((select max(d.delivered_at) from audit_delivery d where d.place = place.place),
       (select e.at from audit_event e order by e.seq limit 1)) < clock_timestamp() - make_interval(mins => $2)`,
    [places, minutes],
  )
  await client.query('rollback')
  return rows.map((row) => row.place)
}

const list = (names: string[]) => ({ names: names.join(', ') })

/** `bad` at that level, or – where there is none – `ok`. */
export function finding(
  level: 'warn' | 'fail' | false,
  ok: Message['key'],
  bad: Message['key'],
  args?: Message['args'],
): Finding {
  return { level: level || 'ok', said: { key: level ? bad : ok, args } }
}
