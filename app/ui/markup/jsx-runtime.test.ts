// Does a page say byte for byte what hono would have said, whatever stands in it?
import fc from 'fast-check'
import { raw } from 'hono/html'
import * as theirs from 'hono/jsx/jsx-runtime'
import { expect, test } from 'vitest'
import * as own from './jsx-runtime.ts'

type Tree = Leaf | Tree[] | { tag: string; props: Record<string, unknown>; within?: Tree } | { said: Tree }
type Leaf = string | number | boolean | null | undefined | InstanceType<typeof String>
type Runtime = { jsx: (tag: unknown, props: Record<string, unknown>) => unknown; Fragment: unknown }
// Both are typed for what a compiler writes.
const [ours, hono] = [own, theirs] as unknown as [Runtime, Runtime]

function shown(tree: Tree, { jsx, Fragment }: Runtime): unknown {
  const within = (one: Tree) => shown(one, { jsx, Fragment })
  if (Array.isArray(tree)) return tree.map(within)
  if (typeof tree !== 'object' || tree === null || tree instanceof String) return tree
  // Of a component the answer counts, whatever it is.
  if ('said' in tree) return jsx(() => within(tree.said), {})
  const { tag, props } = tree
  // A fragment of nothing but a bare 0 hono leaves empty; beside something it stands.
  if (tag === '') return jsx(Fragment, 'within' in tree ? { children: [within(tree.within), ''] } : {})
  return jsx(tag, { ...props, ...('within' in tree ? { children: within(tree.within) } : {}) })
}

const hostile = ['<script>alert(1)</script>', '"><b>', "'", '&amp;', '</td>', 'õ – š “”', '\u2028', '']
const text = fc.oneof(fc.constantFrom(...hostile), fc.string())
const finished = fc.constantFrom(raw('<b>“õ”</b>'), raw('&amp;'))
const leaf = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, undefined), finished)
const name = fc.constantFrom(
  ...[
    'class',
    'id',
    'href',
    'data-label',
    'aria-hidden',
    'hidden',
    'checked',
    'draggable',
    'tabindex',
    'role',
    'viewBox',
  ],
  ...['on load', 'a"b', "a'b", 'x=y', '><script>', 'a/b', '', '\u0000'],
)
const value = fc.oneof(
  leaf,
  fc.constant(new Date(0)),
  fc.array(text, { maxLength: 2 }),
  fc.constant({ isEscaped: true }),
)
const props = fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true })
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.record({ tag: fc.constantFrom('', 'p', 'td', 'form', 'button'), props, within: tie('tree') }),
    // In a drawing stand elements: of a bare `true` in one hono would say the word.
    fc.record({ tag: fc.constant('svg'), props, within: fc.record({ tag: fc.constantFrom('path', 'title'), props }) }),
    fc.record({ tag: fc.constantFrom('input', 'br', 'td', 'option', 'svg'), props }),
    fc.record({ said: tie('tree') }),
  ),
}))

test('every tree of elements, components, lists and hostile words comes out as hono says it', () => {
  fc.assert(
    fc.property(tree, (one) => {
      const page = { tag: 'main', props: {}, within: one }
      expect(String(shown(page, ours))).toBe(String(shown(page, hono)))
    }),
    { numRuns: 2000 },
  )
})

test('nothing is finished because it says so itself, and a component that answers with words answers with words', () => {
  const pretender = { isEscaped: true, toString: () => '<script>' }
  expect(String(ours.jsx('p', { children: pretender, title: pretender }))).toBe('<p title="&lt;script&gt;"></p>')
  expect(String(ours.jsx(() => '<b>', {}))).toBe('&lt;b&gt;')
  expect(String(own.Fragment({ children: ['<', ours.jsx('b', {})] }))).toBe('&lt;<b></b>')
})

test('a page does not wait: what is not there yet is a mistake of ours', () => {
  expect(() => ours.jsx('p', { children: Promise.resolve('a') })).toThrow('waits')
})
