// How does an operation become a page, and a form become a command? The only place that knows HTTP.
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import type { z } from 'zod'
import { type Key, type Locale, type T, translator } from '../i18n/i18n.ts'
import type { NavItem } from '../ui/layout.tsx'
import { send } from './answer/document.tsx'
import { now } from './clock.server.ts'
import { dropDraft, findDraft } from './drafts.server.ts'
import { Conflict, Invalid, type Message, NotFound, Refused, TooMany } from './errors.ts'
import { Answered } from './form/unsaved.tsx'
import { mayTry, type Operation, onceOf, refusal, type Trial } from './operation.server.ts'
import { csrfToken, ownerMark } from './session.server.ts'
import type { Person } from './user.ts'

/** What the process decided at its start and every page needs. */
export type Frame = {
  origin: string
  secure: boolean
  demo: boolean
  nav: (me: Person, t: T, path: string) => NavItem[]
}
export type Env = {
  Variables: { frame: Frame; nonce: string; me: Person | null; locale: Locale; values: Values; began: number }
}
export type Values = Record<string, unknown>

/** Everything a view may know. `data` is the answer of the page's operation; `values` and `errors` are of its form. */
export type PageContext<D> = {
  data: D
  t: T
  locale: Locale
  me: Person
  path: string
  /** Where the product stands, for addresses that go elsewhere than into a page. */
  origin: string
  can: (operation: Trial) => boolean
  values: Values
  errors: Record<string, string>
  /** Hidden fields of every form: session token, single-effect key, owner mark. */
  tokens: { csrf: string; once: string; owner: string }
}
/** `scripts` are those of this page besides the ones of every page: `['passkey.js']`. */
export type View<D> = {
  title: Key
  body: (page: PageContext<D>) => Child
  scripts?: readonly string[]
  /** What is shown for a while only: when the page closes by itself, with scripts or without, and where it leads to then. */
  closes?: (data: D) => { at: Date; to: string }
}
export type Handler = (c: Context<Env>) => Promise<Response>
/** `leaves` says that a document leaves here, or a value is opened; `proved` that it waits for a fresh proof. A test holds the two together. */
export type Page = { get?: Handler; post?: Handler; operations: Operation[]; leaves?: true; proved?: true }
export type Route = readonly [address: string, page: Page]

/** Where to go after a command, and what to say there. */
export type Next = string | { to: string; said: Key }

type AnyOperation<I extends z.ZodType, O> = Operation<I, O>

/** A page that shows what a query answers. */
export function get<I extends z.ZodType, O>(operation: AnyOperation<I, O>, view: View<O>): Page {
  return {
    operations: [operation as unknown as Operation],
    get: async (c) => {
      const me = signedIn(c)
      return show(c, view, await ask(c, me, operation), me)
    },
  }
}

/** A page with one form: `load` says what it stands on, `command` is what it does. */
export function form<L extends z.ZodType, D, I extends z.ZodType, O>(
  load: AnyOperation<L, D>,
  command: AnyOperation<I, O>,
  view: View<D>,
  then: (result: O, params: Record<string, string>) => Next,
): Page {
  return {
    operations: [load as unknown as Operation, command as unknown as Operation],
    get: async (c) => {
      const me = signedIn(c)
      const data = await ask(c, me, load)
      const refused = refusal(me, command)
      if (refused) throw refused
      const kept = me.drafts.includes(c.req.path) ? await findDraft(me, c.req.path) : {}
      return show(c, view, data, me, { values: { ...c.req.query(), ...kept } })
    },
    post: async (c) => {
      const me = signedIn(c)
      const values = c.get('values')
      try {
        const result = await command.run(me, { ...values, ...c.req.param() }, onceOf(values))
        if (me.drafts.includes(c.req.path)) await dropDraft(me, c.req.path)
        return follow(c, then(result, c.req.param()))
      } catch (error) {
        const told = sayErrors(error, translator(c.get('locale')))
        if (!told) throw error
        if (error instanceof TooMany) c.header('retry-after', String(error.seconds))
        return show(c, view, await ask(c, me, load), me, { values, errors: told.errors, status: told.status })
      }
    },
  }
}

/** A button that does something and goes on; what goes wrong is said on a page of its own. */
export function action<I extends z.ZodType, O>(
  command: AnyOperation<I, O>,
  then: (result: O, params: Record<string, string>, values: Values) => Next,
): Page {
  return {
    operations: [command as unknown as Operation],
    post: async (c) => {
      const [values, params] = [c.get('values'), c.req.param()]
      const result = await command.run(signedIn(c), { ...values, ...params }, onceOf(values)).catch(named(params))
      return follow(c, then(result, params, values))
    },
  }
}

/** A button whose answer is shown at once and is never kept by the browser (a revealed value). */
export function reply<I extends z.ZodType, O>(command: AnyOperation<I, O>, view: View<O>): Page {
  return {
    operations: [command as unknown as Operation],
    leaves: true,
    post: async (c) => {
      const [me, params] = [signedIn(c), c.req.param()]
      return show(c, view, await command.run(me, { ...c.get('values'), ...params }).catch(named(params)), me)
    },
  }
}

export type File = { body: Uint8Array; type: string; name: string }

/** A document: always an attachment with a neutral name, never shown inside our pages. */
export function download<I extends z.ZodType, O>(
  operation: AnyOperation<I, O>,
  make: (answer: O, t: T, me: Person) => Promise<File>,
): Page {
  return {
    operations: [operation as unknown as Operation],
    leaves: true,
    get: async (c) => {
      const me = signedIn(c)
      const file = await make(await ask(c, me, operation), translator(c.get('locale')), me)
      return c.body(file.body as Uint8Array<ArrayBuffer>, 200, {
        'content-type': file.type,
        'content-disposition': `attachment; filename="${file.name.replace(/[^\w.-]/g, '-')}"`,
      })
    },
  }
}

/** Renders a view in the frame of the product. */
export function show<D>(
  c: Context<Env>,
  view: View<D>,
  data: D,
  me: Person,
  more: { values?: Values; errors?: Record<string, string>; status?: number } = {},
): Response | Promise<Response> {
  const locale = c.get('locale')
  const t = translator(locale)
  const page: PageContext<D> = {
    data,
    t,
    locale,
    me,
    path: c.req.path,
    origin: c.get('frame').origin,
    can: (operation) => mayTry(me, operation),
    values: more.values ?? {},
    errors: more.errors ?? {},
    tokens: tokensOf(me),
  }
  const { scripts, closes } = view
  if (closes && !more.errors) closeAt(c, closes(data))
  const { csrf } = page.tokens
  const body = view.body(page)
  const answer = more.errors ? <Answered t={t} values={page.values} errors={page.errors} body={body} /> : body
  return send(c, { title: t(view.title), me, body: answer, csrf, status: more.status, scripts })
}

function closeAt(c: Context<Env>, { at, to }: { at: Date; to: string }): void {
  const seconds = Math.max(1, Math.round((at.getTime() - now().getTime()) / 1000))
  c.header('refresh', `${seconds}; url=${to}`)
}

// The mark is sealed where a form asks for it; most pages have none.
const tokensOf = (me: Person): PageContext<unknown>['tokens'] => ({
  csrf: csrfToken(me),
  once: randomUUID(),
  get owner() {
    return ownerMark(me)
  },
})

// The browser's own errors are sentences in the person's language, one per field.
function sayErrors(error: unknown, t: T): { errors: Record<string, string>; status: number } | null {
  const say = (message: Message) => t(message.key, message.args)
  if (error instanceof Invalid) {
    const entries = Object.entries(error.fields).map(([name, message]) => [name, say(message)])
    return { errors: Object.fromEntries(entries), status: 422 }
  }
  if (error instanceof Conflict)
    return { errors: { '': say(error.said ?? { key: 'core.error.conflict' }) }, status: 409 }
  // Nothing that was typed is lost; from when on it can be sent is said with it.
  return error instanceof TooMany ? { errors: { '': say(error.said) }, status: 429 } : null
}

async function ask<I extends z.ZodType, O>(c: Context<Env>, me: Person, operation: AnyOperation<I, O>): Promise<O> {
  const params = c.req.param()
  const lists = Object.entries(c.req.queries()).map(([name, all]) => [name, all.length > 1 ? all : all[0]])
  return operation.run(me, { ...Object.fromEntries(lists), ...params }).catch(named(params))
}

/** A malformed identifier in the address names nothing. */
export const named = (params: Record<string, string>) => (error: unknown) => {
  if (error instanceof Invalid && Object.keys(error.fields).some((field) => field in params)) throw new NotFound()
  throw error
}

/** The person who asks; the guard has already sent everybody else to the sign-in. */
export function signedIn(c: Context<Env>): Person {
  const me = c.get('me')
  if (!me) throw new Refused()
  return me
}

/** Goes on to the next page; a sentence to say there travels as its key, never as text. */
export function follow(c: Context<Env>, next: Next): Response {
  if (typeof next === 'string') return c.redirect(next, 303)
  setCookie(c, 'said', next.said, {
    path: '/',
    httpOnly: true,
    secure: c.get('frame').secure,
    sameSite: 'Strict',
    maxAge: 60,
  })
  return c.redirect(next.to, 303)
}
