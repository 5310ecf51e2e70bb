// How does the oracle come to count its own branches? Its files are read as they stand, and every condition in them is made to tell which way it went:
// so no rule that is added can be forgotten.
import { parseAst } from 'vitest/node'

type Node = { type: string; start: number; end: number } & Record<string, unknown>

const counted = /\/test\/proof\/authorization\/((?:rules|writing)\/(?:\w+\/)?[\w-]+\.ts)$/
/** What draws and tries, and says nothing of who may. */
const tools = /\/writing\/(?:trying|reach|forbidden|draw|spoiled|statements)\.ts$/

export const countBranches = {
  name: 'count-branches',
  enforce: 'pre' as const,
  transform: (code: string, id: string) => {
    const file = counted.exec(id)?.[1]
    return file && !tools.test(id) ? { code: counting(code, file), map: null } : undefined
  },
}

/** The text with every condition wrapped, line for line where it was. */
export function counting(code: string, file: string): string {
  const names: string[] = []
  const wrapped = new Set<Node>()
  const [opened, closed] = [new Map<number, string>(), new Map<number, string>()]
  const where: string[] = []
  const add = (to: Map<number, string>, at: number, text: string) => to.set(at, (to.get(at) ?? '') + text)
  const wrap = (by: '$held' | '$said', node: Node) => {
    const text = code.slice(node.start, node.end).replace(/\s+/g, ' ')
    // What is left to chance is no rule.
    if (wrapped.has(node) || /\brandom\b/.test(text)) return
    wrapped.add(node)
    add(opened, node.start, `${by}($branch + ${names.length}, (`)
    add(closed, node.end, '))')
    names.push(`${where.join('.')}: ${text}`)
  }
  // From outside to inside: of two that begin together the longer one is opened first.
  const visit = (node: Node): void => {
    if (drawsNothing(node)) return
    const name = nameOf(node)
    if (name) where.push(name)
    const { asked, answered } = decidedAt(node)
    for (const condition of asked) wrap('$held', condition)
    // `{ allowed }` is `{ allowed: allowed }`.
    if (answered && node.shorthand) add(opened, answered.start, `${name}: `)
    if (answered) wrap('$said', answered)
    for (const child of childrenOf(node)) visit(child)
    if (name) where.pop()
  }
  visit(parseAst(code, { lang: 'ts' }) as unknown as Node)
  const marked = [...code.split(''), ''].map((letter, at) => (closed.get(at) ?? '') + (opened.get(at) ?? '') + letter)
  const taken = JSON.stringify(new URL('./taken.ts', import.meta.url).pathname)
  const told = `const $branch = branchesOf(${JSON.stringify(file)}, ${JSON.stringify(names)})`
  return `import { branchesOf, held as $held, said as $said } from ${taken}; ${told}; ${marked.join('')}`
}

/** What is asked right here – each of the conditions of a choice – and what a function, or an attempt, is answered. */
function decidedAt(node: Node): { asked: Node[]; answered: Node | null } {
  const asked = isLogical(node) ? askedIn(node) : isChoice(node) ? partsOf(node.test as Node) : []
  const answer = answerOf(node)
  return { asked, answered: answer && !isLogical(answer) && !things.has(answer.type) ? answer : null }
}
/** What is no yes and no no. */
const things = new Set(['Literal', 'ArrayExpression', 'ObjectExpression', 'TemplateLiteral', 'ArrowFunctionExpression'])

function answerOf(node: Node): Node | null {
  if (node.type === 'ReturnStatement') return node.argument as Node | null
  if (node.type === 'ArrowFunctionExpression') return node.expression ? (node.body as Node) : null
  if (node.type === 'Property' && nameOf(node) === 'allowed') return node.value as Node
  return isAttempt(node) ? ((node.arguments as Node[]).at(-1) ?? null) : null
}

/** Where there is no row to try something with nothing is tried: that says nothing of who may. */
const drawsNothing = ({ type, consequent }: Node) =>
  type === 'IfStatement' && ((consequent as Node).argument as Node | undefined)?.raw === 'null'
const isChoice = ({ type }: Node) => type === 'IfStatement' || type === 'ConditionalExpression'
function askedIn(node: Node): Node[] {
  const right = node.right as Node
  const tries = right.type === 'ObjectExpression' || isAttempt(right)
  return partsOf(node).filter((part) => !tries || (part !== right && part.type !== 'Identifier'))
}
const isAttempt = ({ type, callee }: Node) =>
  type === 'CallExpression' && ['insert', 'update'].includes(String((callee as Node).name))
const isLogical = ({ type, operator }: Node) => type === 'LogicalExpression' && operator !== '??'
/** The conditions that stand beside each other. */
function partsOf(node: Node): Node[] {
  if (isLogical(node)) return [node.left, node.right].flatMap((part) => partsOf(part as Node))
  const denied = node.type === 'UnaryExpression' && node.operator === '!' ? (node.argument as Node) : null
  if (denied && isLogical(denied)) return partsOf(denied)
  return node.type === 'Literal' ? [] : [node]
}

function nameOf({ type, id, key }: Node): string | null {
  const of = (id ?? key) as Node | undefined
  const names = ['VariableDeclarator', 'FunctionDeclaration', 'Property']
  return names.includes(type) && of?.type === 'Identifier' ? String(of.name) : null
}

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flatMap((value: unknown) => value)
    .filter((value): value is Node => typeof value === 'object' && value !== null && 'type' in value)
