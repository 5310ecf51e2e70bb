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
  const say = (message: Message | undefined) => t(message?.key ?? 'core.error.conflict', message?.args)
  if (error instanceof Invalid) {
    const [first] = Object.values(error.fields)
    return c.json({ said: say(first) }, 422)
  }
  if (error instanceof Conflict) return c.json({ said: say(error.said) }, 409)
  if (!(error instanceof NotFound)) throw error
  await untilEven(c.get('began'))
  return c.json({ said: t('field.refused.ended') }, 404)
}
