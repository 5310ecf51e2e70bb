// How are the figures of a whole country reckoned without everybody else waiting for it?
import type { z } from 'zod'
import type { Operation } from '../core/operation.server.ts'
import { fairLine } from '../core/turn/fair-line.ts'

const line = fairLine({ atOnce: 1, inLine: 20, eachPlace: 10 })

/**
 * The same, one at a time in this process: two at once would be ready no sooner, and all other pages would wait for both. Those who wait take turns by
 * person; throws Unavailable where more than twenty do.
 */
export const oneAtATime = <S extends z.ZodType, O>(operation: Operation<S, O>): Operation<S, O> => ({
  ...operation,
  run: (me, raw, once) => line(me.id, () => operation.run(me, raw, once)),
})
