// Of which conditions that must all hold does the expression of a policy consist, and what is left where one is forgotten?

/** The parts that stand beside each other; of an expression that is one condition only, or a choice between several, there are none. */
export function conditionsOf(expression: string): string[] {
  const text = expression.slice(1, -1)
  // The database writes `((a) AND (b))`; what stands deeper or in a literal is not for us.
  const parts = ['']
  let depth = 0
  for (const token of text.match(/'(?:[^']|'')*'|[()]| AND |[^'() ]+|\s/g) ?? []) {
    if (token === '(') depth++
    if (token === ')') depth--
    if (depth < 0) return []
    if (depth === 0 && token === ' AND ') parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts.length > 1 ? parts : []
}

export function without(expression: string, condition: string): string {
  if (expression === condition) return 'true'
  const parts = conditionsOf(expression)
  return parts.includes(condition) ? parts.filter((part) => part !== condition).join(' AND ') : expression
}

/** The column that must bear one's own name. */
export const signedIn = (condition: string): string | null =>
  /^\((\w+) = \( SELECT auth_person\(\) AS auth_person\)\)$/.exec(condition)?.[1] ?? null

/** Does it say by what right: a role, a person at their own desk, a fresh proof, one's own name? */
export const saysByWhatRight = (condition: string) =>
  /^\( SELECT (?:has_role|auth_in_person|auth_fresh)\([^()]*\) AS \w+\)$/.test(condition) ||
  signedIn(condition) !== null

/** A condition as one would say it, without what the database adds when it writes it down. */
export const said = (condition: string): string =>
  condition
    .replace(/\( SELECT (\w+\([^()]*\)) AS \w+\)/g, '$1')
    .replace(/::(?:text|uuid|date)(?:\[\])?/g, '')
    .replace(/VARIADIC ARRAY\[([^\]]*)\]/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/^\((.*)\)$/, '$1')
