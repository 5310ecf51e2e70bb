// Was it shown just now that this is really the person, and where does one show it again?
import { now } from '../core/clock.server.ts'
import { holdForOwner } from '../core/drafts.server.ts'
import { Refused } from '../core/errors.ts'
import { type Handler, type Page, signedIn } from '../core/page.tsx'
import type { Person } from '../core/user.ts'
import { freshMinutes } from './access.ts'

// The database has the last word; ten seconds earlier we ask again rather than let it say no.
const freshFor = (freshMinutes * 60 - 10) * 1000

type Proved = Pick<Person, 'method' | 'provedAt' | 'owes'>

/** True where both factors were shown within five minutes; in a demonstration nobody has any to show. */
export function isFresh(me: Proved): boolean {
  // Whoever owes a key or a card that is there shows it: what came before proves nothing.
  if (me.owes === 'prove') return false
  return me.method === 'demo' || now().getTime() - me.provedAt.getTime() < freshFor
}

/** For operations: refuses where it was too long ago. */
export function mustBeFresh(me: Proved): void {
  if (!isFresh(me)) throw new Refused({ key: 'access.proof.needed' })
}

/** Where one stands after the proof: the page asked for; a button without a page of its own is pressed again where it stands. */
const standing = (page: Page) => (path: string) => (page.get ? path : path.replace(/\/[^/]+$/, ''))

type Rule = { forWhom?: (me: Person) => boolean; back?: (path: string) => string }

/**
 * A page before which key, or password and code, are asked again where that was too long ago; what was typed waits, sealed.
 * `forWhom` limits it; `back` is where to go afterwards (a file does not come by itself: one asks for it again where its link stands).
 */
export function fresh(page: Page, { forWhom = () => true, back = standing(page) }: Rule = {}): Page {
  const guarded = (handler: Handler | undefined): Handler | undefined =>
    handler &&
    (async (c) => {
      const me = signedIn(c)
      if (isFresh(me) || !forWhom(me)) return handler(c)
      if (c.req.method === 'POST') await holdForOwner(me.id, c.req.path, c.get('values'))
      return c.redirect(`/account/prove?to=${encodeURIComponent(back(c.req.path))}`, 303)
    })
  return { ...page, proved: true, get: guarded(page.get), post: guarded(page.post) }
}
