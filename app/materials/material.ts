// Which situations is there a text for, and which of them is a support person in today?
import { z } from 'zod'
import { addDays } from '../core/calendar/working-days.ts'
import { longText, text, whenAsked } from '../core/form/fields.ts'
import type { Locale } from '../i18n/i18n.ts'
import { daysQuiet } from '../support/feedback/feedback.ts'
import { Worded, type Words } from '../volunteers/message/message.ts'

/** In the order in which they are shown: what cannot wait first. */
export const situations = ['danger', 'silence', 'asked', 'beginning', 'ending', 'children', 'back', 'self'] as const
export type Situation = (typeof situations)[number]

export const OneMaterial = z.object({
  situation: z.enum(situations),
  version: z.coerce.number().int().min(1).optional().catch(undefined),
})
const said = () => whenAsked(longText({ label: 'materials.said', hint: 'materials.saidHint', max: 3000 }))

/** `version`: the newest that was read. */
export const WriteMaterial = Worded.extend({
  ...{ etBody: said(), enBody: said(), ruBody: said() },
  situation: z.enum(situations),
  version: z.coerce.number().int().min(1),
  changed: text({ label: 'materials.changed', hint: 'materials.changedHint', max: 300 }),
})

export type Material = { situation: Situation; version: number; words: Words; changed: string; createdAt: Date }

/** In the language of whoever reads. */
export const inWords = ({ words }: Pick<Material, 'words'>, locale: Locale) =>
  words[locale] ?? words.et ?? { title: '–', body: '' }

/** A running support as it bears on what may help: days are `YYYY-MM-DD`, `endsOn` as it is expected to end, `last` the last contact. */
export type Bearing = { startOn: string | null; endsOn: string | null; last: string | null; agreed: number | null }
/** `asked`: how many questions wait for her answer; `dangerOn`: the day of her last worry about a danger. */
export type Today = { today: string; asked: number; dangerOn: string | null; supports: readonly Bearing[] }

/**
 * The situations of today, in the order of `situations`: a danger for `near` days, a silence longer than agreed (`quietDays` where nothing
 * was), a question that waits, a support that began within `near` days or has had no contact, one that is expected to end within them.
 */
export function situationsOf(
  { today, asked, dangerOn, supports }: Today,
  near: number,
  quietDays: number,
): Situation[] {
  const holds: Partial<Record<Situation, boolean>> = {
    danger: dangerOn !== null && addDays(dangerOn, near) >= today,
    silence: supports.some((support) => daysQuiet(support, quietDays, today) > 0),
    asked: asked > 0,
    beginning: supports.some(({ startOn, last }) => !last || (startOn !== null && addDays(startOn, near) >= today)),
    ending: supports.some(({ endsOn }) => endsOn !== null && endsOn <= addDays(today, near)),
  }
  return situations.filter((situation) => holds[situation])
}
