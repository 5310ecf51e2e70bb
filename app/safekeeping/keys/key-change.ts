// Why does a case get a new key?
import { z } from 'zod'
import { choice, id } from '../../core/form/fields.ts'

/** What somebody may ask for one for; a closing brings it by itself. */
const whys = ['suspicion', 'network'] as const

/** None where it never had another. */
export type Why = (typeof whys)[number] | 'closing' | null

export const AskKeyChange = z.object({
  id: id(),
  why: choice(whys, { label: 'safekeeping.key.why', prefix: 'safekeeping.key.why' }),
})
