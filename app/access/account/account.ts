// What may a person change of her own account, and what does she see of it?
import { z } from 'zod'
import { choice, optional, text, yes } from '../../core/form/fields.ts'
import { locales } from '../../i18n/i18n.ts'
import type { Linked } from '../oidc/identity.ts'
import type { Passkey } from '../passkey/passkey.ts'
import type { Confirmation } from '../two-people/confirmation.ts'

export const UpdateAccount = z.object({
  phone: optional(text({ label: 'access.account.phone', hint: 'access.account.phoneHint', kind: 'tel', max: 30 })),
  locale: choice(locales, { label: 'access.account.language', prefix: 'access.language' }),
  /** Asked of those who guide; nobody else gets it. */
  weekLetter: yes({ label: 'access.account.weekLetterTick', hint: 'access.account.weekLetterHint' }),
})

export type SessionRow = { id: string; device: string | null; createdAt: Date; seenAt: Date; mine: boolean }
export type Credential = { passwordChangedAt: Date; totpConfirmedAt: Date | null; codesLeft: number }
/** Something changed in how she signs in: what, and who did it or helped, where it was not she alone. */
export type DoorChange = { at: Date; action: string; who: string | null; helpers: string[] }

export type Account = {
  person: { name: string; email: string; phone: string | null; locale: string; weekLetter: boolean }
  sessions: SessionRow[]
  credential: Credential | null
  linked: Linked
  passkeys: Passkey[]
  /** Since when somebody is opening this account anew. */
  recoverySince: Date | null
  /** The new address for my letters, and the new name, that wait for a second person. */
  changes: Confirmation[]
  /** What has changed at the doors within half a year, newest first. */
  doors: DoorChange[]
}
