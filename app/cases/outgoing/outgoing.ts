// To whom does a file about a case go, and why? What is asked of whoever takes one out, and what stays of it.
import { z } from 'zod'
import { email, longText, text } from '../../core/form/fields.ts'

/** One person, by name, with where they work: a file goes to nobody in general. */
export const Recipient = z.object({
  name: text({ label: 'cases.outgoing.name', hint: 'cases.outgoing.nameHint', max: 100 }),
  organisation: text({ label: 'cases.outgoing.organisation', max: 150 }),
  email: email({ label: 'cases.outgoing.email', hint: 'cases.outgoing.emailHint' }),
  why: longText({ label: 'cases.outgoing.why', hint: 'cases.outgoing.whyHint', max: 300 }),
})
export type Recipient = z.output<typeof Recipient>

export const outgoingForms = ['pdf', 'docx'] as const
export type OutgoingForm = (typeof outgoingForms)[number]

/** What stays of a file that went out: never the file, and never its password. */
export type Outgoing = {
  id: string
  /** Empty where all that was told in it has been erased. */
  to: Omit<Recipient, 'why'> | null
  /** Closed before whoever may not know why. */
  why: string | null
  form: OutgoingForm
  version: number
  /** The day of the meeting, for whoever knows of the meeting. */
  onDate: string | null
  sha256: string
  sentBy: string | null
  sentAt: Date
}

/** What is shown once to whoever took it out. */
export type HandedOut = Pick<Recipient, 'name' | 'organisation'> & {
  file: { name: string; body: Buffer }
  password: string
  sha256: string
}
