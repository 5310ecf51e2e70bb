// How may somebody be reached without harm: by which ways, at which hours, through whom, and who must not know?
import { z } from 'zod'
import { choice, id, longText, optional, text, yes } from '../../core/form/fields.ts'
import { clockWords } from '../../core/form/read-clock.ts'
import { seen } from '../../core/form/seen.ts'

export const channels = ['call', 'text', 'email', 'in_person', 'through'] as const
export type Channel = (typeof channels)[number]

/** Minutes of the day, the last one included. */
export type Span = { from: number; to: number }

/** What whoever is about to reach her needs: told to the support person too. */
export type Rules = {
  channels: Partial<Record<Channel, 'safe' | 'unsafe'>>
  /** Monday first; a day without spans is no day for a contact. */
  hours: Span[][]
  never: string | null
  mayAnswer: string | null
  codeWord: string | null
  /** Whom to look out for, where the support person may know it. */
  feared: string | null
}
/** Who is feared, who may be told and who may not: for the network alone. */
export type People = { feared: string | null; mayTell: string | null; mayNotTell: string | null }
export type SafeContact = { rules: Rules; people: People }

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const safety = ['safe', 'unsafe'] as const
const asked = (channel: Channel) =>
  optional(choice(safety, { label: `cases.contact.way.${channel}`, prefix: 'cases.contact' }))

/** One group of questions: by what, who answers, what to say first. */
export const Ways = z.object({
  call: asked('call'),
  text: asked('text'),
  email: asked('email'),
  in_person: asked('in_person'),
  through: asked('through'),
  mayAnswer: optional(text({ label: 'cases.contact.mayAnswer', hint: 'cases.contact.mayAnswerHint', max: 200 })),
  codeWord: optional(text({ label: 'cases.contact.codeWord', hint: 'cases.contact.codeWordHint', max: 100 })),
})

const hours = (day: (typeof days)[number]) => optional(text({ label: `cases.contact.day.${day}`, max: 60 }))

/** When: `9–12, 14–17` a day. The working days may be said once. */
export const Hours = z.object({
  workdays: optional(text({ label: 'cases.contact.workdays', hint: 'cases.contact.workdaysHint', max: 60 })),
  mon: hours('mon'),
  tue: hours('tue'),
  wed: hours('wed'),
  thu: hours('thu'),
  fri: hours('fri'),
  sat: hours('sat'),
  sun: hours('sun'),
  never: optional(text({ label: 'cases.contact.never', hint: 'cases.contact.neverHint', max: 300 })),
})

/** Before whom one must take care. */
export const Fear = z.object({
  feared: optional(longText({ label: 'cases.contact.feared', hint: 'cases.contact.fearedHint', max: 600 })),
  tellSupport: yes({ label: 'cases.contact.tellSupport' }),
  mayTell: optional(text({ label: 'cases.contact.mayTell', hint: 'cases.contact.mayTellHint', max: 300 })),
  mayNotTell: optional(text({ label: 'cases.contact.mayNotTell', hint: 'cases.contact.mayNotTellHint', max: 300 })),
})

export const SaveSafeContact = z.object({ id: id(), seen: seen(), ...Ways.shape, ...Hours.shape, ...Fear.shape })
export type Typed = Omit<z.output<typeof SaveSafeContact>, 'id' | 'seen'>

const span = /^(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?$/

/** `9–12, 14.30-17` as spans; nothing where it is not hours of one day. */
export function readSpans(typed: string | undefined): Span[] | null {
  const parts = (typed ?? '').split(/[,;]/).map((part) => part.trim())
  const found = parts.filter(Boolean).map((part) => {
    const [, h1, m1 = '0', h2, m2 = '0'] = span.exec(part) ?? []
    return { from: Number(h1) * 60 + Number(m1), to: Number(h2) * 60 + Number(m2), minutes: [Number(m1), Number(m2)] }
  })
  const right = found.every(({ from, to, minutes }) => from < to && to <= 24 * 60 && minutes.every((one) => one < 60))
  return right ? found.map(({ from, to }) => ({ from, to })).toSorted((a, b) => a.from - b.from) : null
}

const short = (minute: number) => clockWords(minute).replace('.00', '')

/** `9–12, 14.30–17`, as it is typed and as it is read. */
export const spanWords = (spans: readonly Span[]): string =>
  spans.map(({ from, to }) => `${short(from)}–${short(to)}`).join(', ')

/** Which fields do not say hours. */
export function wrongHours(typed: z.output<typeof Hours>): string[] {
  return (['workdays', ...days] as const).filter((day) => readSpans(typed[day]) === null)
}

/** What was typed, as it is kept; the working days count where a day of their own is not said. */
export function safeContactOf(typed: Partial<Typed>): SafeContact {
  const said = (words: string | undefined) => words ?? null
  const rules: Rules = {
    channels: Object.fromEntries(channels.flatMap((name) => (typed[name] ? [[name, typed[name]]] : []))),
    hours: days.map((day, at) => readSpans(typed[day] ?? (at < 5 ? typed.workdays : undefined)) ?? []),
    never: said(typed.never),
    mayAnswer: said(typed.mayAnswer),
    codeWord: said(typed.codeWord),
    feared: typed.tellSupport ? said(typed.feared) : null,
  }
  return {
    rules,
    people: { feared: said(typed.feared), mayTell: said(typed.mayTell), mayNotTell: said(typed.mayNotTell) },
  }
}

/** The fields of the form as they were last answered. */
export function typedOf({ rules, people }: SafeContact): Record<string, string | boolean | undefined> {
  const hoursOf = days.map((day, at) => [day, spanWords(rules.hours[at] ?? [])] as const)
  const { never, mayAnswer, codeWord } = rules
  const words = Object.entries({ never, mayAnswer, codeWord, ...people }).map(([name, said]) => [
    name,
    said ?? undefined,
  ])
  return { ...rules.channels, ...Object.fromEntries([...hoursOf, ...words]), tellSupport: rules.feared !== null }
}
