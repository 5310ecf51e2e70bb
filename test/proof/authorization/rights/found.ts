// Which rights does the catalogue itself name, of everybody but the owners of things?
import { join } from 'node:path'
import type { Client } from 'pg'
import { policiesInForce, readPolicies } from '../../../../db/policy-files.ts'
import { loginRoles } from '../../../../db/roles.ts'
import { strayRights } from '../writing/forbidden.ts'
import { functions, others } from './written.ts'

const files = readPolicies(join(import.meta.dirname, '../../../../app'))

// A right that nobody wrote down is the one that everybody has: for these kinds of things the database gives it by itself.
const ours = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`
/** Settings, large objects, queries that are handed over as text, sleep, messages, locks, the work of others, files (security.md §3.2). */
export const around =
  '^(set_config|lo_|loread|lowrite|(query|table|cursor|schema|database)_to_xml|ts_stat|pg_sleep|pg_notify|pg_(try_)?advisory|pg_(terminate|cancel)_backend|' +
  'pg_logical_emit|pg_export_snapshot|pg_read_|pg_ls_|pg_stat_file|pg_stat_get_(backend_)?activity$)'
// Of several that are called alike it is said which.
const called = `proname || case when count(*) over (partition by pronamespace, proname) > 1 then format('(%s)', pg_get_function_identity_arguments(p.oid)) else '' end`
const question = `
  with thing (what, acl, owner) as (
    select 'schema ' || n.nspname, coalesce(nspacl, acldefault('n', nspowner)), nspowner from pg_namespace n where ${ours}
    union all select case relkind when 'S' then 'sequence ' else '' end || c.oid::regclass, coalesce(relacl, acldefault((case relkind when 'S' then 's' else 'r' end)::"char", relowner)), relowner
      from pg_class c join pg_namespace n on n.oid = relnamespace where ${ours} and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    union all select attrelid::regclass || '.' || attname, attacl, relowner
      from pg_attribute a join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace where ${ours} and attacl is not null
    union all select 'function ' || ${called}, coalesce(proacl, acldefault('f', proowner)), proowner
      from pg_proc p join pg_namespace n on n.oid = pronamespace where ${ours}
    union all select 'type ' || t.oid::regtype, typacl, typowner from pg_type t join pg_namespace n on n.oid = typnamespace where ${ours} and typacl is not null
    union all select 'language ' || lanname, coalesce(lanacl, acldefault('l', lanowner)), lanowner from pg_language where lanpltrusted
    union all select 'this database', coalesce(datacl, acldefault('d', datdba)), datdba from pg_database where datname = current_database()
    union all select 'what comes', defaclacl, defaclrole from pg_default_acl
    union all select 'large object', coalesce(lomacl, acldefault('L', lomowner)), lomowner from pg_largeobject_metadata
    union all select 'wrapper ' || fdwname, fdwacl, fdwowner from pg_foreign_data_wrapper
    union all select 'server ' || srvname, srvacl, srvowner from pg_foreign_server
  ), given as (
    select what, (aclexplode(acl)).*, owner from thing
    -- Of what the database brings along whatever is not as it brings it, and what reaches around the tables, also under a name that a newer one adds.
    union all select 'function ' || ${called}, (aclexplode(coalesce(proacl, acldefault('f', proowner)))).*, proowner from pg_proc p
      where pronamespace = 'pg_catalog'::regnamespace and (proacl is not null or proname ~ '${around}')
    union all select c.oid::regclass::text, (aclexplode(relacl)).*, relowner from pg_class c where relnamespace = 'pg_catalog'::regnamespace and relacl is not null
  )
  select distinct coalesce(rolname, 'PUBLIC') as who, lower(privilege_type) || ' ' || what as "right", is_grantable as handed
  from given left join pg_roles r on r.oid = grantee
  where grantee <> owner and (rolname = any ($1) or (grantee = 0 and what !~ '^pg_'))`

// What tables a login reads and writes is told column by column elsewhere; here everything else.
const toldElsewhere = /^(?:select|insert|update|delete) (?!meta\.|pgboss\.|what comes)/

type Given = { who: string; right: string; handed: boolean }

/** `tugivork_door: execute function sign_in`: what somebody has and should not, or has not and should. Asked one after the other, until there is something. */
export async function stray(owner: Client): Promise<string[]> {
  for (const ask of [strayGrants, strayRoles, strayPolicies, strayRights]) {
    const found = await ask(owner)
    if (found.length > 0) return found
  }
  return []
}

async function strayGrants(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<Given>(question, [loginRoles])
  const processes = ['tugivork_read', 'tugivork_write']
  const given = rows.filter(({ who, right }) => !(processes.includes(who) && toldElsewhere.test(right)))
  const found = new Set(given.map(({ who, right, handed }) => `${who}: ${right}${handed ? ', to hand on' : ''}`))
  const wanted = new Set([...others, ...functions])
  return [
    ...[...found].filter((line) => !wanted.has(line)).map((line) => `${line}, which nobody wrote down`),
    ...[...wanted].filter((line) => !found.has(line)).map((line) => `${line}, which is missing`),
  ]
}

const strayPolicies = async (owner: Client) =>
  (await policiesInForce(owner, await files)) ? [] : ['policies that are in no file']

/** What a role is, belongs to, owns or is set to beside what it must. */
async function strayRoles(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ told: string }>(
    `select rolname || ' is more than a login' as told from pg_roles r where rolname = any ($1) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit)
     union all select rolname || ' belongs to ' || m.roleid::regrole from pg_auth_members m join pg_roles r on r.oid = member where rolname = any ($1)
     union all select rolname || ' owns ' || count(*) || ' things' from pg_shdepend s join pg_roles r on r.oid = refobjid
       where refclassid = 'pg_authid'::regclass and deptype = 'o' and rolname = any ($1) and dbid in (0, (select oid from pg_database where datname = current_database()))
         and classid <> 'pg_default_acl'::regclass and not (rolname = 'tugivork_jobs' and classid = 'pg_namespace'::regclass and objid = 'pgboss'::regnamespace) group by rolname
     union all select 'a policy of ' || polrelid::regclass || ' for ' || array_to_string(polroles::regrole[], ', ') from pg_policy
       where polroles && (select array_agg(oid) || 0::oid from pg_roles where rolname in ('tugivork_door', 'tugivork_jobs'))`,
    [loginRoles],
  )
  return rows.map(({ told }) => told)
}
