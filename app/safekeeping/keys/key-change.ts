// Why does a case get a new key?
import { z } from 'zod'
import { choice, id } from '../../core/form/fields.ts'

export const whys = ['suspicion', 'network', 'closing'] as const

/** None where it never had another. */
export type Why = (typeof whys)[number] | null

export const AskKeyChange = z.object({
  id: id(),
  why: choice(whys, { label: 'safekeeping.key.why', prefix: 'safekeeping.key.why' }),
})
