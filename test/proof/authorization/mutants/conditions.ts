// Of which conditions does the text of a policy consist, wherever they stand, and what is left where one is forgotten?

/** Where in a text a condition stands. */
export type Condition = { text: string; from: number; to: number }

/** What is open at one depth: the condition that is being read, and those beside which it stands. */
type Level = {
  start: number
  from: number | null
  beside: Condition[]
  /** It stands alone after `where`, `on`, `when` or `if`: forgotten, it leaves nothing asked there. */
  alone: boolean
  /** The next AND is that of `between … and`. */
  between: boolean
  kind: 'text' | 'case'
}

const tokens = /--[^\n]*|'(?:[^']|'')*'|"[^"]*"|[A-Za-z_][\w$]*|:=|\d+|\S/g
const begins = new Set(['where', 'on', 'when', 'if', 'elsif', 'having'])
const ends = new Set(
  `select from group order limit offset union except intersect join left inner cross returning then else loop for window
   conflict return set values into raise perform begin exception`.split(/\s+/),
)
/** Here such a word begins nothing. */
const belongs = new Set(['end if', 'distinct on'])
/** What a choice is made by, and what is always so. */
const isValue = /^(?:'[^']*'|\d+|true)$/
/** These say something themselves, after which a choice or a row of conditions may come. */
const says = new Set(['select', 'return', 'then', 'else', ':='])

/** All conditions that stand beside others, and those that stand alone where something is chosen, in the order of the text. */
export function conditionsOf(text: string): Condition[] {
  const found: Condition[] = []
  // Of what stands in brackets as a row of conditions only its parts count: `where (a and b)`.
  const rows = new Map<number, number>()
  const level = (kind: Level['kind'], start: number): Level => ({
    ...{ kind, start, from: kind === 'text' ? start : null, beside: [], alone: false, between: false },
  })
  const levels = [level('text', 0)]
  const top = () => levels.at(-1) as Level
  const part = (to: number) => {
    const { from, beside } = top()
    const condition = from === null ? null : trimmed(text, from, to)
    if (condition && !isValue.test(condition.text)) beside.push(condition)
  }
  /** What stood beside each other ends here; the last one stands alone where nothing else was said. */
  const close = (to: number, { choice = false } = {}) => {
    part(to)
    const one = top()
    const alone = one.alone && !choice && !one.beside.some(({ from, to }) => rows.get(from) === to)
    if (one.beside.length > 1 || alone) found.push(...one.beside)
    Object.assign(one, { from: null, beside: [], alone: false, between: false })
  }
  const open = (from: number, alone: boolean) => Object.assign(top(), { from, alone })
  let before = ''
  for (const match of text.matchAll(tokens)) {
    const [token, at] = [match[0].toLowerCase(), match.index]
    const after = at + token.length
    if (token.startsWith('--')) continue
    if (token === '(') levels.push(level('text', after))
    else if (token === ')') {
      while (top().kind === 'case') levels.pop()
      const { start, from, beside } = top()
      if (from !== null && beside[0]?.from === start) rows.set(start - 1, after)
      close(at)
      if (levels.length > 1) levels.pop()
    } else if (token === ',' || token === ';') close(at)
    else if (token === 'case') levels.push(level('case', after))
    else if (token === 'end' && top().kind === 'case') {
      close(at)
      levels.pop()
    } else if (token === 'between') top().between = true
    else if (token === 'and' && top().between) top().between = false
    else if (token === 'and') {
      part(at)
      if (top().from !== null) open(after, top().alone)
    } else if (token === 'or') {
      const { from } = top()
      close(at, { choice: true })
      if (from !== null) open(after, false)
    } else if (begins.has(token) && !belongs.has(`${before} ${token}`)) {
      close(at)
      open(after, true)
    } else if (token === 'from' && before === 'distinct') continue
    else if (ends.has(token) || token === ':=') {
      close(at)
      if (says.has(token)) open(after, false)
    }
    before = token
  }
  close(text.length)
  return found.toSorted((a, b) => a.from - b.from)
}

function trimmed(text: string, from: number, to: number): Condition | null {
  const part = text.slice(from, to).replace(/(?:\s|--[^\n]*(?:\n|$))+$/, '')
  const lead = /^(?:\s|--[^\n]*\n)*/.exec(part)?.[0].length ?? 0
  return part.length > lead ? { text: part.slice(lead), from: from + lead, to: from + part.length } : null
}

/** Does the whole of an expression consist of conditions that stand beside each other? */
export function isRow(expression: string): boolean {
  const found = conditionsOf(expression)
  return found[0]?.from === 1 && found.some(({ to }) => to === expression.length - 1)
}

/** The text without it: nothing is asked there any more. */
export const without = (text: string, { from, to }: Condition) => `${text.slice(0, from)}true${text.slice(to)}`

/** The column that must bear one's own name. */
export const signedIn = (condition: string): string | null =>
  /^\((\w+) = \( SELECT auth_person\(\) AS auth_person\)\)$/.exec(condition)?.[1] ?? null

/** The column in which nothing may stand yet; what is open has no end. */
export const stillEmpty = (condition: string): string | null =>
  condition === "(state = 'open'::text)" ? 'ended_at' : (/^\((\w+) IS NULL\)$/.exec(condition)?.[1] ?? null)

/** The column that the database fills with the moment. */
export const noted = (condition: string): string | null => /^\((\w+) = now\(\)\)$/.exec(condition)?.[1] ?? null

/** Does it say by what right: a role, a person at their own desk, a fresh proof, one's own name? The others say how far, when or what. */
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
