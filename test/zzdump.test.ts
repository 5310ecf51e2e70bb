import { writeFileSync } from 'node:fs'
import { Client } from 'pg'
import { test } from 'vitest'
import { freshDatabase } from './database.ts'
import { schemaOf } from './proof/authorization/mutants/schema.ts'
test('dump', async () => {
  const database = await freshDatabase()
  const client = new Client({ connectionString: database.adminUrl })
  await client.connect()
  const schema = await schemaOf(client)
  const { rows: triggers } = await client.query(`select tgrelid::regclass::text as "table", tgname, pg_get_triggerdef(oid) def, tgfoid::regproc::text f from pg_trigger where not tgisinternal order by 1,2`)
  const { rows: allPolicies } = await client.query(`select tablename, policyname, permissive, roles::text, cmd, qual, with_check from pg_policies order by 1,2`)
  const { rows: indexes } = await client.query(`select tablename, indexdef from pg_indexes where schemaname='public'`)
  const { rows: fks } = await client.query(`select conrelid::regclass::text t, pg_get_constraintdef(oid) d from pg_constraint where connamespace='public'::regnamespace and contype = 'f' order by 1`)
  const { rows: cons } = await client.query(`select conrelid::regclass::text t, conname, pg_get_constraintdef(oid) d from pg_constraint where connamespace='public'::regnamespace and contype in ('c','u','x') order by 1`)
  const { rows: tables } = await client.query(`select table_name t, column_name c, data_type d from information_schema.columns where table_schema='public' order by 1, ordinal_position`)
  const { rows: fns } = await client.query(`select proname as name, prosecdef as definer, provolatile v, prolang::regclass::text, l.lanname lang, pg_get_function_arguments(p.oid) args, pg_get_function_result(p.oid) res, prosrc as body, has_function_privilege('tugivork_write', p.oid, 'execute') w, has_function_privilege('tugivork_read', p.oid, 'execute') r from pg_proc p join pg_language l on l.oid=prolang left join pg_depend d on d.objid = p.oid and d.deptype = 'e' where pronamespace='public'::regnamespace and d.objid is null order by 1`)
  writeFileSync('/tmp/own/mutants-schema.json', JSON.stringify({ policies: schema.policies, allPolicies, triggers, indexes, cons, fks, tables, fns }, null, 1))
  await client.end()
  await database.close()
})
