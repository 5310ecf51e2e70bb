// How does a form answer with something that is shown a single time, on a page that no browser keeps?
import type { z } from 'zod'
import { translator } from '../../i18n/i18n.ts'
import { dropDraft } from '../drafts.server.ts'
import { Invalid } from '../errors.ts'
import type { Operation } from '../operation.server.ts'
import { form, type Page, reply, show, signedIn, type View } from '../page.tsx'

/** Asks on GET; on POST shows the answer at once, or says what is missing. Nothing of the answer stays behind, so a second press is a second answer. */
export function shownOnce<L extends z.ZodType, D, I extends z.ZodType, O>(
  load: Operation<L, D>,
  command: Operation<I, O>,
  asking: View<D>,
  telling: View<O>,
): Page {
  const asked = form(load, command, asking, () => '/')
  const answered = reply(command, telling)
  return {
    operations: asked.operations,
    leaves: true,
    get: asked.get,
    post: async (c) => {
      const me = signedIn(c)
      try {
        const shown = (await answered.post?.(c)) as Response
        // What waited for a proof has been used.
        if (me.drafts.includes(c.req.path)) await dropDraft(me, c.req.path)
        return shown
      } catch (error) {
        if (!(error instanceof Invalid)) throw error
        const t = translator(c.get('locale'))
        const errors = Object.entries(error.fields).map(([name, said]) => [name, t(said.key, said.args)])
        const more = { values: c.get('values'), errors: Object.fromEntries(errors), status: 422 }
        return show(c, asking, await load.run(me, c.req.param()), me, more)
      }
    },
  }
}
