// What is asked when a case is brought to MARAC, one group of questions a page?
import { z } from 'zod'
import { choice, date, idFrom, longText, number, optional, text, yes } from '../../core/form/fields.ts'
import { name } from '../../core/form/name.ts'
import { Others } from '../adults/adult.ts'
import { languages, sources } from '../case.ts'
import { Fear, Hours, Ways } from '../contact/safe-contact.ts'
import { Diversity } from '../diversity/diversity.ts'
import { Perpetrators } from './perpetrators.ts'

export const parts = [
  'source',
  'victim',
  'perpetrator',
  'children',
  'others',
  'contact',
  'hours',
  'fear',
  'brief',
  'diversity',
  'basis',
  'reason',
] as const
export type Part = (typeof parts)[number]

/** The heading of a part's page and of its card on the check: "Kannatanu". */
export const partTitle = (part: Part) => `cases.refer.part.${part}` as const

const sexes = ['F', 'M'] as const
const nationalId = { label: 'cases.field.nationalId', hint: 'cases.field.nationalIdHint', max: 20 } as const
const birthYear = { label: 'cases.field.birthYear', hint: 'cases.field.birthYearHint', min: 1900, max: 2100 } as const

/** Questions that come up after another answer: where they are asked, they must be answered. */
export const Following = z.object({
  birthYear: number(birthYear),
  toldOn: date({ label: 'cases.children.toldOn' }),
  toldWhom: text({ label: 'cases.children.toldWhom', hint: 'cases.children.toldWhomHint', max: 200 }),
  notToldWhy: longText({ label: 'cases.children.notToldWhy', max: 1000 }),
  consentOn: date({ label: 'cases.field.consentOn' }),
  consentWay: choice(['written', 'spoken', 'digital'], {
    label: 'cases.field.consentWay',
    prefix: 'cases.consentWay',
  }),
  whyLaw: longText({ label: 'cases.basis.whyLaw', hint: 'cases.basis.whyLawHint', max: 1000 }),
})
const following = Following.shape

export const Source = z.object({
  network: optional(idFrom({ label: 'cases.field.network' })),
  // Asked of whoever belongs to no network: by it the network is found.
  place: optional(text({ label: 'cases.field.livesAt', hint: 'cases.field.livesAtHint', max: 4 })),
  source: choice(sources, { label: 'cases.field.source', prefix: 'cases.source' }),
  referredOn: date({ label: 'cases.field.referredOn' }),
})

export const Victim = z.object({
  givenName: name({ label: 'cases.field.givenName', max: 100 }),
  familyName: name({ label: 'cases.field.familyName', max: 100 }),
  formerNames: optional(name({ label: 'cases.field.formerNames', hint: 'cases.field.formerNamesHint', max: 200 })),
  nationalId: optional(text(nationalId)),
  birthYear: optional(number(birthYear)),
  adultConfirmed: yes({ label: 'cases.field.adultConfirmed' }),
  sex: optional(choice(sexes, { label: 'cases.field.sex', prefix: 'cases.sex' })),
  language: choice(languages, { label: 'cases.field.language', prefix: 'cases.language' }),
  interpreter: yes({ label: 'cases.field.interpreter' }),
  municipality: optional(text({ label: 'cases.field.municipality', hint: 'cases.field.municipalityHint', max: 4 })),
})
export type Victim = z.output<typeof Victim>

export const Children = z.object({
  childCount: number({ label: 'cases.field.childCount', hint: 'cases.field.childCountHint', min: 0, max: 20 }),
  birthYears: optional(text({ label: 'cases.field.birthYears', hint: 'cases.field.birthYearsHint', max: 200 })),
  told: optional(choice(['yes', 'no'], { label: 'cases.children.wasTold', prefix: 'cases.answer' })),
  toldOn: optional(following.toldOn),
  toldWhom: optional(following.toldWhom),
  notToldWhy: optional(following.notToldWhy),
})
export type Children = z.output<typeof Children>

export const Contact = z.object({
  way: text({ label: 'cases.contact.way', hint: 'cases.contact.wayHint', max: 300 }),
  ...Ways.shape,
})

export const Support = z.object({
  safetyNote: optional(longText({ label: 'cases.field.safetyNote', hint: 'cases.field.safetyNoteHint', max: 1000 })),
  agreedTasks: optional(longText({ label: 'cases.field.agreedTasks', hint: 'cases.field.agreedTasksHint', max: 1000 })),
})

export const Basis = z.object({
  basis: choice(['consent', 'law'], { label: 'cases.field.basis', prefix: 'cases.basis' }),
  consentOn: optional(following.consentOn),
  consentWay: optional(following.consentWay),
  proof: optional(text({ label: 'cases.basis.proof', hint: 'cases.basis.proofHint', max: 300 })),
  whyLaw: optional(following.whyLaw),
})
export type Basis = z.output<typeof Basis>

export const Reason = z.object({
  why: longText({ label: 'cases.field.why', hint: 'cases.field.whyHint', max: 3000 }),
})

export const schemas = {
  source: Source,
  victim: Victim,
  perpetrator: Perpetrators,
  children: Children,
  others: Others,
  contact: Contact,
  hours: Hours,
  fear: Fear,
  brief: Support,
  diversity: Diversity,
  basis: Basis,
  reason: Reason,
} as const satisfies Record<Part, z.ZodObject>

/** What has been answered so far, as typed, so that it can be shown again; read anew before anything is stored. */
export const Answers = z.partialRecord(z.enum(parts), z.record(z.string(), z.string()))
export type Answers = z.output<typeof Answers>

/** A journey whose every part has been read. */
export type Referral = { [P in Part]: z.output<(typeof schemas)[P]> }

/** The part that has not been answered yet, in the order of the journey. */
export const firstMissing = (answers: Answers): Part | undefined => parts.find((part) => answers[part] === undefined)
