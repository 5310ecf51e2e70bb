// Which policies, rights and functions does the database itself name, and which lean on which?
import type { Client } from 'pg'

export type Policy = {
  table: string
  name: string
  permissive: boolean
  logins: string
  command: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'
  using: string | null
  check: string | null
}
export type Table = {
  name: string
  /** The first column that nobody may change. */
  fixed: string | null
  readable: boolean
  shrinks: boolean
  grows: boolean
}

export type Function = { name: string; definition: string; body: string; args: string; result: string }
/** Columns that a trigger keeps as well: to be in one's own name, or as they were set once. */
export type Trigger = { table: string; name: string; keeps: 'own_name' | 'set_once'; columns: string[] }

/** What the table itself keeps: rows of another, by several columns at once. */
export type Reference = { table: string; columns: string[]; of: string; ofColumns: string[] }

export type Schema = {
  tables: Table[]
  /**
   * What binds the two logins of the process, where they have a right to try; what functions see behind it is not for policies to say. A
   * sentence said for every table stands also where nobody can write at all: to forget it there changes nothing.
   */
  policies: Policy[]
  functions: Function[]
  triggers: Trigger[]
  references: Reference[]
  /** `table.column`: what whoever adds a row may fill at all. */
  fillable: Set<string>
  /** The tables whose policies ask this function, or one that asks it. */
  leaningOnFunction: (name: string) => string[]
  /** A table and those whose policies look at its rows. */
  leaningOn: (table: string) => string[]
}

export async function schemaOf(owner: Client): Promise<Schema> {
  const { rows: policies } = await owner.query<Policy>(
    `select tablename as "table", policyname as name, permissive = 'PERMISSIVE' as permissive, array_to_string(roles, ', ') as logins, cmd as command,
       qual as "using", with_check as "check" from pg_policies
     where schemaname = 'public' and roles && '{tugivork_read, tugivork_write}'::name[] and (cmd in ('ALL', 'SELECT')
       or case cmd when 'DELETE' then has_table_privilege('tugivork_write', tablename::regclass, cmd)
         else has_any_column_privilege('tugivork_write', tablename::regclass, cmd) end)
     order by tablename, policyname`,
  )
  const { rows: tables } = await owner.query<Table>(
    `select relname as name, has_any_column_privilege('tugivork_read', c.oid, 'select') as readable,
       has_table_privilege('tugivork_write', c.oid, 'delete') as shrinks, has_any_column_privilege('tugivork_write', c.oid, 'insert') as grows,
       (select attname::text from pg_attribute a where attrelid = c.oid and attnum > 0 and not attisdropped
          and not has_column_privilege('tugivork_write', c.oid, attnum, 'update') order by attnum limit 1) as fixed
     from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`,
  )
  const { rows: functions } = await owner.query<Function>(
    `select proname as name, pg_get_functiondef(p.oid) as definition, prosrc as body, pg_get_function_arguments(p.oid) as args,
       pg_get_function_result(p.oid) as result from pg_proc p left join pg_depend d on d.objid = p.oid and d.deptype = 'e'
     where pronamespace = 'public'::regnamespace and prokind = 'f' and d.objid is null order by proname`,
  )
  const { rows: triggers } = await owner.query<Trigger>(
    `select tgrelid::regclass::text as "table", tgname as name, proname as keeps, string_to_array(encode(tgargs, 'escape'), '\\000') as columns
     from pg_trigger join pg_proc p on p.oid = tgfoid where proname in ('own_name', 'set_once') and not tgisinternal`,
  )
  const named = (of: string, from: string) =>
    `(select array_agg(attname::text order by place) from unnest(${from}) with ordinality k (number, place) join pg_attribute on attrelid = ${of} and attnum = number)`
  const { rows: references } = await owner.query<Reference>(
    `select conrelid::regclass::text as "table", ${named('conrelid', 'conkey')} as columns, confrelid::regclass::text as of,
       ${named('confrelid', 'confkey')} as "ofColumns" from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  const { rows: filled } = await owner.query<{ column: string }>(
    `select relname || '.' || attname as column from pg_class c join pg_attribute on attrelid = c.oid
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and attnum > 0 and not attisdropped
       and has_column_privilege('tugivork_write', c.oid, attnum, 'insert')`,
  )
  const fillable = new Set(filled.map(({ column }) => column))
  const asked = new Map<string, string>()
  for (const { table, using, check } of policies) asked.set(table, `${asked.get(table) ?? ''} ${using} ${check}`)
  const leaningOn = (table: string) => reached([table], (of) => tablesWith(asked, RegExp(`\\bFROM \\(?${of}\\b`)))
  const asking = (of: string) => RegExp(`\\b${of}\\(`)
  const leaningOnFunction = (name: string) => {
    const those = reached([name], (of) => functions.flatMap((one) => (asking(of).test(one.body) ? [one.name] : [])))
    return [...new Set(those.flatMap((of) => tablesWith(asked, asking(of))))]
  }
  return { tables, policies, functions, triggers, references, fillable, leaningOn, leaningOnFunction }
}

const tablesWith = (asked: Map<string, string>, pattern: RegExp) =>
  [...asked].flatMap(([table, text]) => (pattern.test(text) ? [table] : []))

/** Everything that one comes to from there, step by step. */
function reached(from: string[], next: (one: string) => string[]): string[] {
  const all = new Set(from)
  for (const one of all) for (const more of next(one)) all.add(more)
  return [...all]
}
