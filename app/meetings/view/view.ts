// What is written down of what she herself wants and fears, before her case is spoken of?
import { type Channel, channels } from '../../cases/contact/safe-contact.ts'
import { choice, date, longText, optional, text, whenAsked } from '../../core/form/fields.ts'
import { seen } from '../../core/form/seen.ts'
import { ItemOf } from '../agenda/agenda.ts'

/** Instead of somebody of the core group: the one who supports her, who is named to nobody there. */
export const supportPerson = 'support_person'

export type ViewState = 'asked' | 'not_asked' | 'missing'

/** What she said, or why nobody asked her. */
export type View = {
  id: string
  on: string | null
  way: Channel | null
  /** Nobody of the core group where her support person asked. */
  askedBy: string | null
  askedById: string | null
  wants: string | null
  fears: string | null
  safer: string | null
  why: string | null
  by: string
  at: Date
}

const words = (of: 'wants' | 'fears' | 'safer') =>
  longText({ label: `meetings.view.${of}`, hint: `meetings.view.${of}Hint`, max: 1500 })

/** What she wants is asked for where she was asked; fears and what would be safe she need not name. */
export const SayView = ItemOf.extend({
  seen: seen(),
  asked: choice(['yes', 'no'], { label: 'meetings.view.asked', prefix: 'meetings.view.asked' }),
  by: whenAsked(text({ label: 'meetings.view.by', max: 40 })),
  on: whenAsked(date({ label: 'meetings.view.on' })),
  way: whenAsked(choice(channels, { label: 'meetings.view.way', prefix: 'cases.contact.way' })),
  wants: whenAsked(words('wants')),
  fears: optional(words('fears')),
  safer: optional(words('safer')),
  why: whenAsked(longText({ label: 'meetings.view.why', hint: 'meetings.view.whyHint', max: 1000 })),
})
