// In which ways can a policy be made weaker, or be lost? Worked out from the policies in force.
import { conditionsOf, said, saysByWhatRight, signedIn, without } from './conditions.ts'
import type { Mutant } from './mutant.ts'
import type { Policy, Schema } from './schema.ts'

export const policyMutants = (schema: Schema): Mutant[] => [
  ...schema.policies.flatMap((policy) => mutantsOf(schema, policy)),
  ...[...new Set(schema.policies.map(({ table }) => table))].map((table) => ({
    ...{ name: `${table}: no policy is asked`, sql: `alter table ${table} disable row level security` },
    ...{ about: table, tables: schema.leaningOn(table), shows: ['looks', 'writes'] as const },
  })),
]

function mutantsOf(schema: Schema, policy: Policy): Mutant[] {
  const { table, name, command, permissive, logins, using } = policy
  // What is seen decides as well what can be changed.
  const shows = command === 'ALL' || command === 'SELECT' ? (['looks', 'writes'] as const) : (['writes'] as const)
  const of = (what: string, sql: string): Mutant => ({
    ...{ name: `${table}, ${name}: ${what}`, sql, about: table, tables: schema.leaningOn(table), shows },
  })
  const forgets = rightsAskedFor(policy).map((condition) =>
    of(`forgets “${said(condition)}”`, forgotten(schema, policy, condition)),
  )
  const lost = `drop policy ${name} on ${table}`
  if (!permissive)
    return [
      of('stands in nobody’s way', lost),
      of('opens what it should narrow', `${lost}; ${opening(policy)}`),
      ...forgets,
    ]
  const forAll = of('asks nothing', openToAll(policy))
  const toBoth = `alter policy ${name} on ${table} to tugivork_read, tugivork_write`
  const byWriter = logins === 'tugivork_read' && using ? [of('serves the login that writes too', toBoth)] : []
  return [of('is gone', lost), forAll, ...byWriter, ...forgets]
}

/** Of the row as it was and of the row as it becomes: where only one of them asked nothing, the other would still ask. */
function openToAll({ name, table, using, check }: Policy): string {
  const parts = [using && 'using (true)', check && 'with check (true)']
  return `alter policy ${name} on ${table} ${parts.filter(Boolean).join(' ')}`
}

function opening({ name, table, command, logins, using, check }: Policy): string {
  const parts = [using && `using (${using})`, check && `with check (${check})`]
  return `create policy ${name} on ${table} for ${command} to ${logins} ${parts.filter(Boolean).join(' ')}`
}

/** The conditions that say by what right somebody may, where others stand beside them. */
const rightsAskedFor = ({ using, check }: Policy) =>
  [...new Set([using, check].flatMap((part) => (part ? conditionsOf(part) : [])))].filter(saysByWhatRight)

/** It is forgotten of the row as it was and as it becomes; and where it asks for one's own name, by the trigger that asks for it as well. */
function forgotten({ ownName }: Schema, { table, name, using, check }: Policy, condition: string): string {
  const parts = [using && `using (${without(using, condition)})`, check && `with check (${without(check, condition)})`]
  const weaker = `alter policy ${name} on ${table} ${parts.filter(Boolean).join(' ')}`
  const column = signedIn(condition)
  const kept = ownName.some((one) => one.table === table && column !== null && one.columns.includes(column))
  return kept ? `${weaker}; alter table ${table} disable trigger own_name` : weaker
}
