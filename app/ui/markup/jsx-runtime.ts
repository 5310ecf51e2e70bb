// How does what a page says in JSX become HTML? At once and as text, so that there is no tree of objects to be made, walked through and thrown away.
//
// What is a name, what is escaped and how a value becomes an attribute is hono's; only the tree is left out (decision 6).
import { jsxAttr } from 'hono/jsx/jsx-runtime'
import { escapeToBuffer } from 'hono/utils/html'

export type { JSX } from 'hono/jsx/jsx-runtime'

/** HTML that is finished, made here alone. Whatever else stands in a page is a text, and is escaped. */
class Markup {
  readonly html: string
  constructor(html: string) {
    this.html = html
  }
  toString(): string {
    return this.html
  }
}

type Props = Record<string, unknown>
type Component = (props: Props) => unknown

/** One element, or what a component says; esbuild writes the calls. */
export function jsx(tag: string | Component, props: Props): Markup {
  if (typeof tag === 'function') return finished(tag(props))
  let start = `<${tag}`
  for (const name of Object.keys(props)) if (name !== 'children') start += attribute(name, props[name])
  const { children } = props
  return new Markup(children === undefined && alone.has(tag) ? `${start}/>` : `${start}>${htmlOf(children)}</${tag}>`)
}

export { jsx as jsxs }

export const Fragment = ({ children }: Props): Markup => finished(children)

const finished = (content: unknown): Markup => (content instanceof Markup ? content : new Markup(htmlOf(content)))

const alone = new Set(
  ['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'keygen', 'link', 'meta'].concat(
    ...['param', 'source', 'track', 'wbr'],
  ),
)

function htmlOf(content: unknown): string {
  if (typeof content === 'string') return escaped(content)
  if (content instanceof Markup) return content.html
  if (typeof content === 'number') return String(content)
  if (Array.isArray(content)) {
    let all = ''
    for (const one of content) all += htmlOf(one)
    return all
  }
  // What `raw` of hono made; an object that only says of itself that it is finished came from somewhere else.
  if (content instanceof String && 'isEscaped' in content) return String(content)
  if (content instanceof Promise) throw new Error('a page waits for nothing')
  return ''
}

const names = new Map<string, string>()

// A name that cannot be one would end the tag; hono knows, and is asked once for each.
function opening(name: string): string {
  const opened = String(jsxAttr(name, '')).slice(0, -1)
  names.set(name, opened && ` ${opened}`)
  return opened && ` ${opened}`
}

function attribute(name: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') {
    const opened = names.get(name) ?? opening(name)
    return opened && `${opened}${escaped(value)}"`
  }
  const said = String(jsxAttr(name, value as Parameters<typeof jsxAttr>[1]))
  return said && ` ${said}`
}

const buffer: [string] = ['']

function escaped(text: string): string {
  buffer[0] = ''
  escapeToBuffer(text, buffer)
  return buffer[0]
}
