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

/**
 * By what somebody is invited to a case before its core group, and by what the core group is: each fact, and what narrows it, is left out once.
 */
export function invitationMutants({ functions }: Schema): Mutant[] {
  return Object.entries(narrowing).flatMap(([name, parts]) => {
    const { definition, body } = functions.find((one) => one.name === name) ?? { definition: '', body: '' }
    return parts.map(([what, part, instead]): Mutant => {
      if (!body.includes(part)) throw new Error(`${name}() no longer says ${part}`)
      const sql = definition.replace(body, () => body.replace(part, () => instead))
      const again = 'select core_invited_drawn((select array_agg(id) from case_file))'
      return {
        ...{ name: `${name}() ${what}`, sql: name === 'core_invited' ? `${sql}; ${again}` : sql, about: name },
        ...{ tables: ['case_file', 'case_action'], shows: ['looks'] },
      }
    })
  })
}

const narrowing: Record<string, [what: string, part: string, instead: string][]> = {
  core_invited: [
    ['counts what was left off', 'i.removed_at is null', 'true'],
    ['counts a meeting to which nobody was invited', 'm.invited_at is not null', 'true'],
    ['counts what another network heard', 'i.network_id = the_network', 'true'],
  ],
  invited_alone: [
    ['forgets who assesses', 'who in (a.assessor_id, a.prepared_by)', 'false'],
    ['counts a draft that was set aside', 'a.superseded_at is null', 'true'],
    ['counts no draft', `(a.state <> 'draft' or a.superseded_at is null)`, `a.state <> 'draft'`],
    ['forgets what an agency told', 'r.agency = w.agency', 'false'],
    ['counts what any agency told', 'r.agency = w.agency', 'true'],
    ['counts what was told elsewhere', 'r.network_id = w.network_id', 'true'],
    ['forgets whose an action is', 'a.owner_id = who', 'false'],
    ['counts any action', 'a.owner_id = who', 'true'],
    ['forgets the agency of an action', 'a.agency = w.agency', 'false'],
    ['takes the agency of another network for one of this', 'and r.network_id = w.network_id and r.role', 'and r.role'],
    ['takes every other agency for the same', `nullif(agency_of(n, who), 'other')`, 'agency_of(n, who)'],
  ],
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
