// May every role try exactly what the table says, and does the printed table say what is true now?
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessTable } from '../app/access-table.ts'
import { Refused } from '../app/core/errors.ts'
import { allOperations, type Operation } from '../app/core/operation.server.ts'
import { mainRole } from '../app/core/user.ts'
import '../app/jobs.ts'
import '../app/access-routes.ts'
import '../app/routes.ts'
import { type Cast, type CastName, openCast, signIn } from './cast.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const actors: CastName[] = ['kim', 'peep', 'lea', 'mall', 'sirje', 'lou', 'tiia', 'jaan', 'aino', 'ott', 'piret', 'sys']

// A new session each time: some of the operations end the one they are called with.
async function outcome(operation: Operation, who: CastName): Promise<string> {
  const { person } = await signIn(cast.admin, cast[who].id)
  return operation.run(person, {}).then(
    () => 'let in',
    (error: unknown) => (error instanceof Refused && !error.said ? 'refused' : 'let in'),
  )
}

test('every operation refuses every role that is not on its list, and no other', async () => {
  const wrong: string[] = []
  for (const operation of allOperations().filter(({ name }) => !name.startsWith('test.'))) {
    for (const who of actors) {
      const role = mainRole(cast[who])
      const expected = role && operation.roles.includes(role) ? 'let in' : 'refused'
      if ((await outcome(operation, who)) !== expected) wrong.push(`${operation.name} × ${role}`)
    }
  }
  expect(wrong).toEqual([])
  // Some fifteen hundred attempts, each with a transaction and an event of its own.
}, 240_000)

test('nobody is let in without a role', async () => {
  for (const operation of allOperations()) expect(operation.roles.length, operation.name).toBeGreaterThan(0)
})

test('docs/access-table.md is what the code says', () => {
  expect(readFileSync(join(import.meta.dirname, '../docs/access-table.md'), 'utf8')).toBe(accessTable())
})

test('row-level security is on and forced on every table, and every table has a policy or is closed to all', async () => {
  const { rows } = await cast.admin.query<{ relname: string; on: boolean; policies: number }>(`
    select c.relname, c.relrowsecurity and c.relforcerowsecurity as on, (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')`)
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter((row) => !row.on || row.policies === 0).map((row) => row.relname)).toEqual([])
})

test('every column has a class of secret', async () => {
  const { rows } = await cast.admin.query(`
    select c.relname || '.' || a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
      and coalesce(col_description(c.oid, a.attnum), '') !~ '^C[1-4]$'`)
  expect(rows).toEqual([])
})

test('columns that hold C4 are sealed, and only the compartment has them', async () => {
  const { rows } = await cast.admin.query(`
    select c.relname || '.' || a.attname as column, format_type(a.atttypid, null) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and col_description(c.oid, a.attnum) = 'C4'`)
  expect(rows).toEqual([{ column: 'case_whereabouts.value_sealed', type: 'bytea' }])
})

test('the login roles own nothing, are no superuser and cannot set a claim through an expression', async () => {
  const { rows } = await cast.admin.query(`
    select r.rolname from pg_roles r where r.rolname in ('tugivork_read', 'tugivork_write', 'tugivork_door', 'tugivork_jobs')
      and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
        or has_function_privilege(r.rolname, 'pg_catalog.set_config(text, text, boolean)', 'execute'))`)
  expect(rows).toEqual([])
})
