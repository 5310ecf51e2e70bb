// What happens where walls are forgotten: by everything at once, or by a function that says what policies show?
import type { Mutant } from './mutant.ts'
import type { Schema } from './schema.ts'

/**
 * Almost every table that knows of a case keeps the wall itself; what its policies lean on says it once more. Only where a table does not, the function
 * that looks for it has to remember.
 */
export function wallMutants({ functions, policies, leaningOnFunction }: Schema): Mutant[] {
  const walled = new Set(policies.flatMap(({ table, name }) => (name.startsWith('wall_stands') ? [table] : [])))
  return functions.flatMap(({ name, definition, body }) => {
    const of = (what: string, sql: string, tables: string[]): Mutant => ({
      ...{ name: `${name}() ${what}`, sql, about: name, tables, shows: ['looks', 'writes'] },
    })
    if (name === 'auth_walled') return [of('knows of no wall', noWall, ['case_file', ...walled])]
    const bare = leaningOnFunction(name).filter((table) => !walled.has(table))
    const forgets = body.includes('auth_walled()') && bare.length > 0
    const without = body.replaceAll('auth_walled()', `'{}'::uuid[]`)
    return forgets
      ? [
          of(
            'forgets the walls',
            definition.replace(body, () => without),
            bare,
          ),
        ]
      : []
  })
}

const noWall = `create or replace function auth_walled() returns uuid[] language sql stable as $$ select '{}'::uuid[] $$`
