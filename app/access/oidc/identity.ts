// What does one type, and what does one see, of the link between an account and a personal code?
import { z } from 'zod'
import { id, personalCode } from '../../core/form/fields.ts'

export const LinkPerson = z.object({
  id: id(),
  personalCode: personalCode({ label: 'access.identity.code', hint: 'access.identity.codeHint' }),
})

/** Since when an account can be opened with an identity card; null where it cannot. */
export type Linked = { linkedAt: Date } | null
