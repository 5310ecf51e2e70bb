// What every request passes before a page is asked: headers, session, same-origin, form token – and how errors leave.
import { randomBytes, randomUUID } from 'node:crypto'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { translator } from '../i18n/i18n.ts'
import { type ErrorKind, ErrorPage, statusOf } from '../ui/frame/error-page.tsx'
import { wayOut } from '../ui/frame/header.tsx'
import { send } from './answer/document.tsx'
import { untilEven } from './answer/even.server.ts'
import { permissionsPolicy } from './answer/features.ts'
import { policyReports, reportsTo } from './answer/policy-reports.server.ts'
import { isCrowded, oneRequest } from './db.server.ts'
import { holdForOwner } from './drafts.server.ts'
import {
  Conflict,
  Erased,
  Invalid,
  NotFound,
  Refused,
  StandsStill,
  TooMany,
  Unavailable,
  Unclear,
  Unopenable,
} from './errors.ts'
import { SendAgain } from './form/again.tsx'
import { isReadable, valuesOf } from './form/sent.server.ts'
import { Unsaved, wordsWithout } from './form/unsaved.tsx'
import { log } from './log.server.ts'
import { onceOf, wasKept } from './operation.server.ts'
import { type Env, type Frame, follow } from './page.tsx'
import {
  clearSessionCookie,
  cookieOf,
  csrfMatches,
  fromOurPage,
  localeOf,
  ownerOfMark,
  whoIs,
} from './session.server.ts'
import type { Person } from './user.ts'

const mostBytes = 12 * 1024 * 1024

/** Which paths need nobody signed in, and where must this person go before she may see another. */
export type Ways = { open: (path: string) => boolean; first: (me: Person, path: string) => string | null }

/** Puts the guards in front of the pages, in this order. */
export function guard(app: Hono<Env>, frame: Frame, ways: Ways): void {
  app.use(startOf(frame))
  app.use(headers(frame))
  app.use(reportsTo, policyReports(app))
  app.use(smallEnough)
  app.use((_, next) => oneRequest(next))
  app.use(session(frame, ways))
  app.notFound((c) => failWith(c, 404))
  app.onError((error, c) => answerError(error, c))
}

function startOf(frame: Frame): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('frame', frame)
    c.set('nonce', randomBytes(16).toString('base64'))
    c.set('me', null)
    c.set('values', {})
    c.set('locale', localeOf(c))
    const began = performance.now()
    c.set('began', began)
    await next()
    // Route patterns, never addresses: an address may hold an identifier.
    log('request', {
      method: c.req.method,
      route: c.req.routePath,
      status: c.res.status,
      ms: Math.round(performance.now() - began),
    })
  }
}

function headers(frame: Frame): MiddlewareHandler<Env> {
  const base = secureHeaders({
    strictTransportSecurity: frame.secure ? 'max-age=31536000; includeSubDomains' : false,
    // With no-referrer a browser sends our own forms with `Origin: null`; to other sites this says nothing either.
    referrerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
  })
  // Said before the answer is made: a header that comes after makes the server copy the whole of it.
  return (c, next) => {
    c.header('content-security-policy', contentPolicy(c))
    if (frame.secure) c.header('reporting-endpoints', `policy="${reportsTo}"`)
    // Of what a page loads nothing runs by itself, so it is spared the longest of all lines.
    if (!isAsset(c)) c.header('permissions-policy', permissionsPolicy)
    c.header('x-robots-tag', 'noindex, noarchive')
    // A page that may be kept says so itself.
    c.header('cache-control', 'no-store')
    return base(c, next)
  }
}

// Browsers that know `report-to` heed nothing else where it is said, and send only by a safe line.
const reported = (c: Context<Env>) => `; report-uri ${reportsTo}${c.get('frame').secure ? '; report-to policy' : ''}`

/** What a page may load; `more` is what a single one needs besides. */
export const contentPolicy = (c: Context<Env>, more = ''): string =>
  `default-src 'none'; script-src 'nonce-${c.get('nonce')}' 'strict-dynamic'; style-src 'self'; img-src 'self'; font-src 'self'; ` +
  `connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'${more}${reported(c)}`

const counted = bodyLimit({ maxSize: mostBytes, onError: (c) => failWith(c as Context<Env>, 413) })

// Whoever says beforehand how much is coming is taken at their word, for no more than that is read; only what comes in pieces is counted.
const smallEnough: MiddlewareHandler<Env> = (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const said = c.req.header('transfer-encoding') === undefined && Number(c.req.header('content-length'))
  return said && said <= mostBytes ? next() : counted(c, next)
}

const isAsset = (c: Context<Env>) => c.req.method === 'GET' && c.req.path.startsWith('/assets/')

function session(frame: Frame, { open, first }: Ways): MiddlewareHandler<Env> {
  return async (c, next) => {
    // A style sheet is the same for everybody.
    if (isAsset(c)) return next()
    const safe = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (!safe && !fromOurPage(c, frame.origin)) throw new Refused({ key: 'core.error.foreignForm' })
    if (!safe && !isReadable(c)) return failWith(c, 415)
    // Whoever sends slowly waits alone: what was sent is here before a connection is taken.
    if (!safe) c.set('values', await valuesOf(c))
    const cookie = cookieOf(c, frame.secure)
    const me = await (c.req.path === wayOut ? whoLeaves(cookie) : whoIs(cookie, safe ? 'read' : 'write'))
    c.set('me', me)
    if (me) c.set('locale', me.locale)
    if (open(c.req.path)) return next()
    if (!me) return safe ? toSignIn(c, c.req.path) : keepAndSignIn(c)
    if (!safe && !csrfMatches(me, c.get('values')._csrf ?? c.req.header('x-csrf-token'))) {
      throw new Refused({ key: 'core.error.foreignForm' })
    }
    if (!safe && me.stoodInFor !== null && c.req.path !== '/substitution/back')
      return refuseLateForm(c, me, me.stoodInFor)
    // Nothing that was typed is held up; only looking is.
    if (safe && me.waits) throw new TooMany({ key: 'core.turn.looks', args: { seconds: me.waits } }, me.waits)
    const before = first(me, c.req.path)
    if (!before) return next()
    // What was typed waits until she has come in by what she owes.
    if (ownerOfMark(c.get('values')?._owner) === me.id && c.req.path !== '/drafts')
      await holdForOwner(me.id, c.req.path, c.get('values'))
    return c.redirect(before, 303)
  }
}

// Whoever must get away is led away, whether or not the database can be asked who it is; the browser forgets the session all the same.
async function whoLeaves(cookie: string | undefined): Promise<Person | null> {
  if (isCrowded()) return null
  return whoIs(cookie, 'read').catch((error: unknown) => {
    if (error instanceof Unavailable) return null
    throw error
  })
}

function toSignIn(c: Context<Env>, path: string, kept = false): Response {
  const to = path === '/' ? '' : `?to=${encodeURIComponent(path)}${kept ? '&kept=1' : ''}`
  clearSessionCookie(c, c.get('frame').secure)
  return c.redirect(`/sign-in${to}`, 303)
}

// The session ended while somebody was typing: what was sent waits, sealed, until its owner has signed in again.
async function keepAndSignIn(c: Context<Env>): Promise<Response> {
  const owner = ownerOfMark(c.get('values')._owner)
  if (owner) await holdForOwner(owner, c.req.path, c.get('values'))
  return toSignIn(c, pageBehind(c), owner !== null)
}

// A form opened at somebody else's desk is not sent from one's own, whatever one's own role would allow; what was typed waits.
async function refuseLateForm(c: Context<Env>, me: Person, name: string): Promise<Response> {
  // What had its effect before, and whose answer got lost, is not said to be unsaved: it may be what ended the term.
  if (await wasKept(me, onceOf(c.get('values')))) return follow(c, { to: '/', said: 'core.form.sentBefore' })
  // What is saved while one types was saved until a moment ago, under the address of its own form.
  if (c.req.path !== '/drafts') await holdForOwner(me.id, c.req.path, c.get('values'))
  throw new Refused({ key: 'core.error.standInOver', args: { name } })
}

// A button's address may have no page of its own; the page it stood on has one.
function pageBehind(c: Context<Env>): string {
  const from = URL.parse(c.req.header('referer') ?? '')
  return from?.origin === c.get('frame').origin ? from.pathname : c.req.path
}

function answerError(error: unknown, c: Context<Env>): Response | Promise<Response> {
  const told = error instanceof Refused || error instanceof Conflict || error instanceof TooMany
  const said = told ? error.said : undefined
  const text = said ? translator(c.get('locale') ?? 'et')(said.key, said.args) : undefined
  if (error instanceof Refused) return failWith(c, 403, text)
  if (error instanceof NotFound) return untilEven(c.get('began')).then(() => failWith(c, 404))
  if (error instanceof Conflict) return failWith(c, text ? 'notNow' : 409, text)
  if (error instanceof Erased) return failWith(c, 410)
  if (error instanceof Invalid) return failWith(c, 422, invalidText(error, c))
  if (error instanceof Unclear && c.req.method === 'POST') return failWith(c, 'unclear')
  if (error instanceof Unavailable) return failWith(c, 503)
  if (error instanceof TooMany) {
    c.header('retry-after', String(error.seconds))
    return failWith(c, error instanceof StandsStill ? 'still' : 429, text)
  }
  if (error instanceof Unopenable) {
    log('unopenable', { route: c.req.routePath, incident: error.incident })
    return failWith(c, 'unopenable', undefined, error.incident)
  }
  const incident = randomUUID().slice(0, 8)
  log('bug', { route: c.req.routePath, incident, error })
  return failWith(c, 500, undefined, incident)
}

function invalidText(error: Invalid, c: Context<Env>): string | undefined {
  const [first] = Object.values(error.fields)
  return first ? translator(c.get('locale'))(first.key, first.args) : undefined
}

// Where there is no form to come back to, what was written is shown to whoever wrote it.
const kept: ReadonlySet<ErrorKind> = new Set([404, 409, 'notNow', 'unopenable', 410, 422, 500, 503])

function failWith(c: Context<Env>, kind: ErrorKind, said?: string, incident?: string) {
  const t = translator(c.get('locale'))
  const status = statusOf(kind)
  if (status === 503) c.header('retry-after', '30')
  const body = (
    <>
      <ErrorPage t={t} status={kind} said={said} id={incident}>
        {kind === 'unclear' ? <SendAgain t={t} path={c.req.path} values={c.get('values')} /> : null}
      </ErrorPage>
      {kept.has(kind) && c.get('me') ? <Unsaved t={t} words={wordsWithout('', c.get('values'))} /> : null}
    </>
  )
  return send(c, { title: t('core.error.title'), me: c.get('me'), body, status })
}
