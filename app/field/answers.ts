// How does a device hear what the operations say: the same words as a page, as data?
import type { Context } from 'hono'
import type { z } from 'zod'
import { untilEven } from '../core/answer/even.server.ts'
import { Conflict, Invalid, type Message, NotFound } from '../core/errors.ts'
import type { Operation } from '../core/operation.server.ts'
import type { Env, Page } from '../core/page.tsx'
import { named, signedIn } from '../core/page.tsx'
import type { Person } from '../core/user.ts'
import { type T, translator } from '../i18n/i18n.ts'

type Work = (asked: { c: Context<Env>; me: Person; t: T; values: Record<string, unknown> }) => Promise<object>

/** What is asked for is in the address, what is sent in the body; a refusal is a sentence with its status. */
export function data<I extends z.ZodType, O>(operation: Operation<I, O>, method: 'get' | 'post', work: Work): Page {
  const answer = async (c: Context<Env>): Promise<Response> => {
    const [t, params] = [translator(c.get('locale')), c.req.param() as Record<string, string>]
    const values = { ...(method === 'get' ? c.req.query() : c.get('values')), ...params }
    try {
      return c.json(await work({ c, me: signedIn(c), t, values }).catch(named(params)))
    } catch (error) {
      return refused(c, t, error)
    }
  }
  return { operations: [operation as unknown as Operation], ...(method === 'get' ? { get: answer } : { post: answer }) }
}

async function refused(c: Context<Env>, t: T, error: unknown): Promise<Response> {
  const told = refusalOf(t, error)
  if (!told) throw error
  if (told.status === 404) await untilEven(c.get('began'))
  return c.json(told.body, told.status)
}

type Told = { status: 404 | 409 | 422; body: { said: string } }

/** A sentence for her, with its status; nothing where it is none of her doing. */
export function refusalOf(t: T, error: unknown): Told | null {
  const say = (message: Message | undefined) => ({ said: t(message?.key ?? 'core.error.conflict', message?.args) })
  if (error instanceof Invalid) return { status: 422, body: say(Object.values(error.fields)[0]) }
  if (error instanceof Conflict) return { status: 409, body: say(error.said) }
  return error instanceof NotFound ? { status: 404, body: { said: t('field.refused.ended') } } : null
}
