// In which ways can a policy be made weaker, or be lost? Worked out from the policies in force.
import {
  type Condition,
  conditionsOf,
  isRow,
  noted,
  said,
  saysByWhatRight,
  signedIn,
  stillEmpty,
  without,
} from './conditions.ts'
import type { Mutant } from './mutant.ts'
import type { Policy, Reference, Schema, Trigger } from './schema.ts'

export const policyMutants = (schema: Schema): Mutant[] => [
  ...schema.policies.flatMap((policy) => mutantsOf(schema, policy)),
  ...[...new Set(schema.policies.map(({ table }) => table))].map((table) => ({
    ...{ name: `${table}: no policy is asked`, sql: `alter table ${table} disable row level security` },
    ...{ about: table, tables: schema.leaningOn(table), shows: ['looks', 'writes'] as const },
  })),
]

function mutantsOf(schema: Schema, policy: Policy): Mutant[] {
  const { table, name, command, permissive, logins, using } = policy
  // What is seen decides as well what can be changed, and what is seen of other tables; by what is only written these are seen as they were.
  const seen = command === 'ALL' || command === 'SELECT'
  const shows = seen ? (['looks', 'writes'] as const) : (['writes'] as const)
  const tables = seen ? schema.leaningOn(table) : [table]
  const of = (what: string, sql: string): Mutant => ({
    ...{ name: `${table}, ${name}: ${what}`, sql, about: table, tables, shows },
  })
  // That something stands empty, or is of this moment, where nobody has a right to fill it is said twice; the rights are compared one by one.
  const filledByNobody = ({ text }: Asked) => {
    const column = command === 'INSERT' ? (stillEmpty(text) ?? noted(text)) : null
    return column !== null && !schema.fillable.has(`${table}.${column}`)
  }
  const forgets = asked(policy)
    .filter((one) => !filledByNobody(one) && !saidBeside(schema, policy, one))
    .map(({ text, nth, ...one }) => ({
      ...of(`forgets “${said(text)}”${nth > 1 ? `, ${nth}` : ''}`, forgotten(schema, policy, { text, ...one })),
      bounds: !saysByWhatRight(text),
    }))
    .filter(({ sql }) => sql !== openToAll(policy))
  const flips = flippedRoles(policy).map(([role, other, sql]) => of(`takes “${other}” for “${role}”`, sql))
  const lost = `drop policy ${name} on ${table}`
  if (!permissive)
    return [
      of('stands in nobody’s way', lost),
      of('opens what it should narrow', `${lost}; ${opening(policy)}`),
      ...forgets,
      ...flips,
    ]
  const forAll = of('asks nothing', openToAll(policy))
  const toBoth = `alter policy ${name} on ${table} to tugivork_read, tugivork_write`
  const byWriter = logins === 'tugivork_read' && using ? [of('serves the login that writes too', toBoth)] : []
  return [of('is gone', lost), forAll, ...byWriter, ...forgets, ...flips]
}

/**
 * Is the row that is looked up compared with the row beside it, so that it is found sooner? What is found is compared anyway, by the condition in
 * which that stands, or by a reference that the table itself keeps.
 */
function saidBeside({ references }: Schema, { table, using, check }: Policy, { text }: Asked): boolean {
  const [, name = '', column = '', own = ''] = /^\((\w+)\.(\w+) = \w+\.(\w+)\)$/.exec(text) ?? []
  if (!text.endsWith(`= ${table}.${own})`)) return false
  const lookedUp = RegExp(
    `\\b(\\w+) (?:= ANY \\(ARRAY\\(|IN \\() ?SELECT ${name}\\.(\\w+)\\s+FROM \\(?(\\w+) ${name}\\b`,
  )
  const [, by = '', key = '', of = ''] = lookedUp.exec(`${using} ${check}`) ?? []
  const keeps = (one: Reference) =>
    one.table === table && one.of === of && pairs(one).has(`${own} ${column}`) && pairs(one).has(`${by} ${key}`)
  return (by === own && key === column) || references.some(keeps)
}
const pairs = ({ columns, ofColumns }: Reference) => new Set(columns.map((column, at) => `${column} ${ofColumns[at]}`))

/** Of the row as it was and of the row as it becomes: where only one of them asked nothing, the other would still ask. */
function openToAll({ name, table, using, check }: Policy): string {
  const parts = [using && 'using (true)', check && 'with check (true)']
  return `alter policy ${name} on ${table} ${parts.filter(Boolean).join(' ')}`
}

function opening({ name, table, command, logins, using, check }: Policy): string {
  const parts = [using && `using (${using})`, check && `with check (${check})`]
  return `create policy ${name} on ${table} for ${command} to ${logins} ${parts.filter(Boolean).join(' ')}`
}

// For whom somebody might be taken who is not.
const alike: Record<string, string> = {
  ...{ coordinator: 'manager', manager: 'coordinator', lead: 'member', member: 'lead', supervisor: 'volunteer' },
  ...{
    volunteer: 'supervisor',
    auditor: 'admin',
    admin: 'auditor',
    system: 'steering',
    steering: 'trainer',
    trainer: 'steering',
  },
}

/** Each role that is asked for, and what the policy says where another stands in its place. */
function flippedRoles({ name, table, using, check }: Policy): [role: string, other: string, sql: string][] {
  const asked = (text: string) => text.match(/has_role\(VARIADIC ARRAY\[[^\]]*\]\)/g) ?? []
  const named = [using, check].flatMap((part) => asked(part ?? '')).flatMap((one) => one.match(/(?<=')\w+(?=')/g) ?? [])
  return [...new Set(named)].map((role) => {
    const other = alike[role] ?? 'coordinator'
    const flipped = (part: string) =>
      part.replaceAll(/has_role\(VARIADIC ARRAY\[[^\]]*\]\)/g, (one) => one.replaceAll(`'${role}'`, `'${other}'`))
    const parts = [using && `using (${flipped(using)})`, check && `with check (${flipped(check)})`]
    return [role, other, `alter policy ${name} on ${table} ${parts.filter(Boolean).join(' ')}`]
  })
}

type Asked = { text: string; using?: Condition; check?: Condition }

/** Each condition that is asked, of the row as it was and as it becomes; what is said several times over is forgotten once each. */
function asked({ using, check }: Policy): (Asked & { nth: number })[] {
  const [was, becomes] = [byText(using), byText(check)]
  return [...new Set([...was.keys(), ...becomes.keys()])].flatMap((text) => {
    const [before, after] = [was.get(text) ?? [], becomes.get(text) ?? []]
    const times = Math.max(before.length, after.length)
    return Array.from({ length: times }, (_, at) => ({ text, using: before[at], check: after[at], nth: at + 1 }))
  })
}

/** Where nothing stands beside another, all of it is one condition. */
function byText(expression: string | null): Map<string, Condition[]> {
  if (!expression) return new Map()
  const found = conditionsOf(expression)
  const whole = { text: expression, from: 0, to: expression.length }
  return Map.groupBy(isRow(expression) ? found : [whole, ...found], (one) => one.text)
}

// How something stands is asked by what brings it on from there, too.
const goesOn: Record<string, string> = {
  assignment_event: 'assignment_status_now',
  period_report_event: 'period_report_now',
}

/**
 * It is forgotten of the row as it was and as it becomes; and where it asks for one's own name, for what was not noted yet, or how something stands,
 * by the trigger that asks for that as well.
 */
function forgotten({ triggers }: Schema, { table, name, using, check }: Policy, asked: Asked): string {
  const parts = [
    using && asked.using && `using (${without(using, asked.using)})`,
    check && asked.check && `with check (${without(check, asked.check)})`,
  ]
  const weaker = `alter policy ${name} on ${table} ${parts.filter(Boolean).join(' ')}`
  const empty = asked.using ? stillEmpty(asked.text) : null
  const kept = { own_name: signedIn(asked.text), set_once: empty }
  const keeps = (one: Trigger) => {
    const column = kept[one.keeps]
    return one.table === table && column !== null && one.columns.includes(column)
  }
  const standing = /\.status\b|^\(kind = /.test(asked.text) ? goesOn[table] : undefined
  const off = [...triggers.filter(keeps).map((one) => one.name), ...(standing ? [standing] : [])]
  return [weaker, ...off.map((trigger) => `alter table ${table} disable trigger ${trigger}`)].join('; ')
}
