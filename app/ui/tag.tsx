// In which state is something, told by word, shape and colour together?
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'

export type TagKind = 'ok' | 'wait' | 'attention' | 'danger' | 'neutral'

// Five outlines that stay apart in black and white: tick, clock, triangle, octagon, ring.
const shapes: Record<TagKind, string> = {
  ok: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm3.3 4-4.2 4.3-2-2-1.3 1.3 3.3 3.3 5.5-5.6L11.3 5Z',
  wait: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm-.9 3v4.5l3.4 2 .9-1.5-2.5-1.5V4H7.1Z',
  attention: 'M8 1.2 15.5 14.5H.5L8 1.2ZM7.1 6v4.2h1.8V6H7.1Zm0 5.3v1.8h1.8v-1.8H7.1Z',
  danger: 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1L5.1 1Zm2 3v5h1.8V4H7.1Zm0 6.3v1.8h1.8v-1.8H7.1Z',
  neutral: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm0 2a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z',
}

/** `ok` done or allowed · `wait` somebody's turn · `attention` soon a problem · `danger` a problem now · `neutral` just a state. */
export function Tag({ kind = 'neutral', children }: { kind?: TagKind; children: Child }) {
  return (
    <span class={`tv-tag tv-tag--${kind}`}>
      <Mark kind={kind} />
      {children}
    </span>
  )
}

/** The shape alone, where the words stand beside it already. */
export function Mark({ kind }: { kind: TagKind }) {
  return drawn[kind]
}

const kinds = Object.keys(shapes) as TagKind[]

/** The five shapes, drawn once for a page, so that a list of fifty need not carry a hundred of them. */
export const Shapes = () => (
  <svg class="tv-shapes" width="0" height="0" aria-hidden="true" focusable="false">
    {kinds.map((kind) => (
      <symbol id={`mark-${kind}`} viewBox="0 0 16 16">
        <path fill="currentColor" fill-rule="evenodd" d={shapes[kind]} />
      </symbol>
    ))}
  </svg>
)

const draw = (kind: TagKind) => (
  <svg class={`tv-mark tv-mark--${kind}`} aria-hidden="true" focusable="false">
    <use href={`#mark-${kind}`} />
  </svg>
)

// Worked out once: they are always the same.
const drawn: Record<TagKind, Child> = {
  ok: raw(draw('ok')),
  wait: raw(draw('wait')),
  attention: raw(draw('attention')),
  danger: raw(draw('danger')),
  neutral: raw(draw('neutral')),
}
