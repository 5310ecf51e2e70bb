// Between password and session: who is half-way through the door, and for how long?
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import { z } from 'zod'
import { send } from '../../core/answer/document.tsx'
import { now } from '../../core/clock.server.ts'
import type { FormPage } from '../../core/form/form.tsx'
import type { Env, Page } from '../../core/page.tsx'
import { openForProcess, sealForProcess } from '../../core/seal.server.ts'
import type { Role } from '../../core/user.ts'
import { type Key, translator } from '../../i18n/i18n.ts'
import { deviceOf } from '../access.ts'
import { enter } from '../browser.server.ts'
import { openSession } from '../door.server.ts'
import { endings } from '../invitation/invitation.ts'

/** How long one may take. Where keys are made it is more: somebody may have to install something on a phone first. */
const minutes = { code: 5, invitation: 30, ways: 30, setup: 30, password: 30 } as const

/**
 * `code`: the second factor is asked · `invitation`: the code told by word of mouth is · `ways`: whoever only helps makes her first
 * way in · `setup`: a second factor is made · `password`: a password.
 */
const Step = z.object({
  /** Who it is; at `invitation`, where nobody knows yet, with which invitation. */
  id: z.uuid(),
  stage: z.enum(['code', 'invitation', 'ways', 'setup', 'password']),
  to: z.string(),
  /** The very invitation with which keys are made: once it is void, whoever has stopped half-way goes no further. */
  invitation: z.uuid().optional(),
  /** What ended when she came back by two people: told on the page where new keys are made. */
  ended: z.partialRecord(z.enum(endings), z.number()).optional(),
  at: z.number(),
})
export type Step = z.output<typeof Step>

const nameOf = (c: Context<Env>) => (c.get('frame').secure ? '__Host-step' : 'step')

/** Goes on to a step. */
export function goTo(c: Context<Env>, step: Omit<Step, 'at'>): Response {
  standAtStep(c, step)
  return c.redirect(`/sign-in/${step.stage}`, 303)
}

/** A step lives in a sealed cookie for some minutes; the session table knows nothing of it. */
export function standAtStep(c: Context<Env>, step: Omit<Step, 'at'>, sameSite: 'Strict' | 'Lax' = 'Strict'): void {
  const sealed = sealForProcess('sign-in', JSON.stringify({ ...step, at: now().getTime() }))
  const secure = c.get('frame').secure
  const rules = { path: '/', httpOnly: true, secure, sameSite, maxAge: minutes[step.stage] * 60 } as const
  setCookie(c, nameOf(c), sealed.toString('base64url'), rules)
}

/** The step this browser stands at, or null where it took too long or skipped one. */
export function stepAt(c: Context<Env>, stage: Step['stage']): Step | null {
  const sealed = getCookie(c, nameOf(c))
  if (!sealed || sealed.length > 2000) return null
  try {
    const step = Step.parse(JSON.parse(openForProcess('sign-in', Buffer.from(sealed, 'base64url'))))
    return step.stage === stage && now().getTime() - step.at < minutes[stage] * 60_000 ? step : null
  } catch {
    return null
  }
}

/** `again`: who it is was proved once more, and the new session takes the place of the one before. */
export type By = ({ method: 'password' | 'oidc' } | { method: 'passkey'; key: string }) & { again?: true }

/** Begins the session, under a new value, in the browser that has shown everything: both factors, or the key or card that is both. */
export async function letIn(c: Context<Env>, who: { id: string; roles: Role[] }, by: By): Promise<void> {
  const cookie = await openSession(who, { ...by, device: deviceOf(c.req.header('user-agent')) }, c.get('me'))
  deleteCookie(c, nameOf(c), { path: '/', secure: c.get('frame').secure })
  await enter(c, cookie)
}

type Shown = {
  status?: number
  errors?: Record<string, string>
  values?: Record<string, unknown>
  scripts?: readonly string[]
  /** The form whose words come along when somebody chooses another language. */
  form?: string
}

/** A page of somebody whom we do not know yet. */
export function openPage(c: Context<Env>, title: Key, body: (page: FormPage) => Child, more: Shown = {}) {
  const t = translator(c.get('locale'))
  const page = { t, values: more.values ?? {}, errors: more.errors ?? {} }
  const { status, scripts, form } = more
  return send(c, { title: t(title), me: null, body: body(page), status, scripts, form })
}

/** The page of a step; whoever does not stand there begins again. */
export function stepPage(
  stage: Step['stage'],
  show: (c: Context<Env>, step: Step, more?: Shown) => Response | Promise<Response>,
  take: (c: Context<Env>, step: Step) => Response | Promise<Response>,
): Page {
  const at = (go: typeof take) => async (c: Context<Env>) => {
    const step = stepAt(c, stage)
    return step ? go(c, step) : c.redirect('/sign-in?late=1', 303)
  }
  return { operations: [], get: at((c, step) => show(c, step)), post: at(take) }
}

/** The answer to one attempt too many: how long to wait is told, and the browser is told too. */
export function tooEarly(c: Context<Env>, seconds: number) {
  c.header('retry-after', String(seconds))
  return { status: 429, errors: { '': translator(c.get('locale'))('access.wait', { seconds }) } }
}
