// What happens where a function by which policies decide forgets the walls, or answers everybody the same?
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

/**
 * By what a policy asks whether I may, or where: once it says yes to everybody and everywhere, once no. What is asked about somebody else (`who`) – an
 * account, a role of the second person – has tests of its own (test/policies-two-people).
 */
export function answerMutants({ functions, leaningOnFunction }: Schema): Mutant[] {
  return functions.flatMap(({ name, args, result }) => {
    const tables = leaningOnFunction(name)
    if (tables.length === 0 || !(result in answers) || args.startsWith('who ')) return []
    const of = (what: string, answer: string): Mutant => ({
      ...{ name: `${name}() says ${what} to everybody`, about: name, tables, shows: ['looks', 'writes'] },
      sql: `do $mutant$ begin execute format($made$create or replace function ${name}(${args}) returns ${result} language plpgsql stable
        security definer set search_path = pg_catalog, public, pg_temp as $body$ begin return %L::${result}; end $body$$made$, (${answer})); end $mutant$`,
    })
    const [yes = '', no = ''] = answers[result] ?? []
    return [of('yes', yes), of('no', no)]
  })
}

// Whatever such a list names – networks, cases, people, meetings – it names all there are.
const named = [
  'network',
  'case_file',
  'volunteer',
  'person',
  'assignment',
  'meeting',
  'supervision_session',
  'application',
]
const everything = named.map((table) => `select id from ${table}`).join(' union all ')
const answers: Record<string, [yes: string, no: string]> = {
  boolean: ['select true', 'select false'],
  'uuid[]': [`select array_agg(id) from (${everything}) each`, `select '{}'::uuid[]`],
}
