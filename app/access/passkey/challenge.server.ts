// Which question was a key asked, by whom and for what – and has it been answered already?
import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { now } from '../../core/clock.server.ts'
import { knock } from '../../core/db.server.ts'
import type { Env } from '../../core/page.tsx'
import { openForProcess, sealForProcess } from '../../core/seal.server.ts'

const minutes = 5

/**
 * `session` is that of the one who is asked – of a `first` key the invitation with which it is made –, `email` the address that was typed at the
 * door: the answer counts for these alone.
 */
const Question = z.object({
  use: z.enum(['sign-in', 'prove', 'register', 'first']),
  challenge: z.string(),
  session: z.string().nullable(),
  email: z.string().nullable(),
  at: z.number(),
})
export type Question = z.output<typeof Question>

const nameOf = (c: Context<Env>) => (c.get('frame').secure ? '__Host-question' : 'question')

/** Asks: the question goes to the key and, sealed, into a cookie of five minutes. */
export function askKey(c: Context<Env>, about: Pick<Question, 'use' | 'session' | 'email'>): Uint8Array<ArrayBuffer> {
  const challenge = new Uint8Array(randomBytes(32))
  const question = { ...about, challenge: Buffer.from(challenge).toString('base64url'), at: now().getTime() }
  const sealed = sealForProcess('passkey', JSON.stringify(question))
  const rules = { path: '/', httpOnly: true, secure: c.get('frame').secure, sameSite: 'Strict' } as const
  setCookie(c, nameOf(c), sealed.toString('base64url'), { ...rules, maxAge: minutes * 60 })
  return challenge
}

/** The question that this browser was asked for this use, once; null where it is too old, another's, or answered already. */
export async function takeQuestion(c: Context<Env>, of: Pick<Question, 'use' | 'session'>): Promise<Question | null> {
  const sealed = getCookie(c, nameOf(c))
  deleteCookie(c, nameOf(c), { path: '/', secure: c.get('frame').secure })
  const question = sealed && sealed.length < 2000 ? opened(sealed) : null
  if (!question || question.use !== of.use || question.session !== of.session) return null
  if (now().getTime() - question.at > minutes * 60_000) return null
  // A copy of the cookie does not make the question new: the database remembers which were answered.
  const hash = createHash('sha256').update(question.challenge).digest()
  const [first] = await knock<{ door_spend: boolean }>('door_spend', [hash])
  return first?.door_spend ? question : null
}

function opened(sealed: string): Question | null {
  try {
    return Question.parse(JSON.parse(openForProcess('passkey', Buffer.from(sealed, 'base64url'))))
  } catch {
    return null
  }
}
