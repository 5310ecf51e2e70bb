// In which ways can somebody be given a right that nobody wrote down, or lose one? Worked out from what there is: for all four logins, and for everybody.
import type { Client } from 'pg'
import { loginRoles } from '../../../../db/roles.ts'

export type Stray = { name: string; sql: string; about: string }

/** Something of the schema, and who of those asked about may use it already. */
type Thing = { name: string; held: string[] }
type Things = { tables: string[]; columns: string[]; sequences: Thing[]; functions: Thing[]; closed: Thing[] }

const everybody = [...loginRoles, 'public']
/** Whoever has no right to any table. */
const outside = ['tugivork_door', 'tugivork_jobs', 'public']

const held = (kind: string, right: string) =>
  `jsonb_build_object('name', name, 'held', array(select who from unnest($1::text[]) who where has_${kind}_privilege(who, oid, '${right}'))) order by name`
const routine = `select oid, oid::regprocedure::text as name, pronamespace, proname, proacl from pg_proc`

async function thingsOf(owner: Client): Promise<Things> {
  const { rows } = await owner.query<Things>(
    `with t as (select oid, oid::regclass::text as name, relkind from pg_class where relnamespace = 'public'::regnamespace)
     select (select array_agg(name order by name) from t where relkind in ('r', 'p', 'v', 'm')) as tables,
       (select array_agg(format('(%I) on %s', attname, name) order by name) from t join pg_attribute on attrelid = t.oid and attnum = 2
         where relkind in ('r', 'p', 'v', 'm') and not attisdropped) as columns,
       (select jsonb_agg(${held('sequence', 'usage')}) from t where relkind = 'S') as sequences,
       (select jsonb_agg(${held('function', 'execute')}) from (${routine}) f where pronamespace = 'public'::regnamespace) as functions,
       (select jsonb_agg(${held('function', 'execute')}) from (${routine}) f where pronamespace = 'pg_catalog'::regnamespace
         and not has_function_privilege('public', oid, 'execute') and not proname ~ '^(pg_stat_get|pg_hba|pg_show|binary_upgrade)') as closed`,
    [everybody],
  )
  return rows[0] as Things
}

export async function strayMutants(owner: Client): Promise<Stray[]> {
  const { tables, columns, sequences, functions, closed } = await thingsOf(owner)
  const to = (who: string, right: string, what: string, about: string): Stray => ({
    ...{ name: `${who} may ${right} ${what}`, sql: `grant ${right} on ${what} to ${who}`, about: `${who}, ${about}` },
  })
  const given = (right: string, kind: string, things: Thing[], about: string) =>
    things.flatMap(({ name, held }) =>
      everybody.filter((who) => !held.includes(who)).map((who) => to(who, right, `${kind} ${name}`, about)),
    )
  return [
    ...outside.flatMap((who) => [
      ...tables.flatMap((table) =>
        ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'].map((right) =>
          to(who, right, table, right),
        ),
      ),
      ...columns.map((column) => ({
        ...{ name: `${who} may select ${column}`, sql: `grant select ${column} to ${who}`, about: `${who}, a column` },
      })),
      ...tables.map((table) => ({
        ...{ name: `a policy of ${table} for ${who}`, sql: `create policy stray on ${table} to ${who} using (true)` },
        about: `${who}, a policy`,
      })),
    ]),
    ...given('usage', 'sequence', sequences, 'a sequence'),
    ...given('execute', 'function', functions, 'a function'),
    ...given('execute', 'function', closed, 'a function of the database'),
    ...functions.flatMap(({ name, held }) =>
      held.map((who) => ({
        ...{ name: `${who} may no longer execute ${name}`, sql: `revoke execute on function ${name} from ${who}` },
        about: `${who}, a function lost`,
      })),
    ),
    ...everybody.flatMap((who) => [
      ...['public', 'meta'].map((schema) => to(who, 'create', `schema ${schema}`, 'a schema')),
      to(who, 'usage', 'schema meta', 'a schema'),
      to(who, 'select', 'meta.migration', 'a schema'),
      {
        ...{ name: `what comes is open to ${who}`, about: `${who}, what comes` },
        sql: `alter default privileges in schema public grant select on tables to ${who}`,
      },
    ]),
    ...loginRoles.flatMap((who) => [
      ...['tugivork_definer', 'tugivork_owner', 'pg_read_all_data', 'pg_monitor'].map((role) => ({
        ...{ name: `${who} belongs to ${role}`, sql: `grant ${role} to ${who}`, about: `${who}, a role` },
      })),
      ...['bypassrls', 'superuser', 'createrole', 'createdb', 'inherit'].map((more) => ({
        ...{ name: `${who} has ${more}`, sql: `alter role ${who} ${more}`, about: `${who}, a role` },
      })),
      { name: `${who} owns a table`, sql: `alter table county owner to ${who}`, about: `${who}, what it owns` },
      {
        ...{
          name: `${who} hands on`,
          sql: `grant execute on function gin_extract_value_trgm(text, internal) to ${who} with grant option`,
        },
        about: `${who}, what it hands on`,
      },
    ]),
    ...tables.map((table) => ({
      ...{ name: `a policy of ${table} for what looks behind them`, about: 'a policy' },
      sql: `create policy stray on ${table} to tugivork_definer using (true)`,
    })),
  ]
}
