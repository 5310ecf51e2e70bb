// What may be said about a volunteer in a form, and what has to be said?
import { z } from 'zod'
import {
  choice,
  choices,
  date,
  email,
  id,
  idFrom,
  longText,
  number,
  optional,
  text,
  whenAsked,
} from '../core/form/fields.ts'
import { name } from '../core/form/name.ts'
import { readPersonalCode } from '../core/form/personal-code.ts'
import type { Key } from '../i18n/i18n.ts'
import { type EvidenceKind, languages, statuses } from './volunteer.ts'

type Meta = { label: Key; hint?: Key }

/** A text field that is read further; what cannot be read gets a sentence of its own. */
function readText<V>(meta: Meta & { max: number }, read: (value: string) => V | null, wrong: Key) {
  const base = text(meta)
  return base
    .transform((value, ctx): V => {
      const found = read(value)
      if (found !== null) return found
      ctx.addIssue({ code: 'custom', message: wrong })
      return z.NEVER
    })
    .meta(base.meta() ?? {})
}

/** Kept as E.164; a number without a country is Estonian. */
export function phoneFrom(typed: string): string | null {
  const digits = typed.replace(/[\s().-]/g, '').replace(/^00/, '+')
  const local = /^(?:\+?372)?([3-8]\d{6,7})$/.exec(digits)
  if (local) return `+372${local[1]}`
  return /^\+(?!372)[1-9]\d{7,14}$/.test(digits) ? digits : null
}

const place = (typed: string) => (/^0\d{3}$/.test(typed) ? typed : null)
/** A telephone number in any usual spelling. */
export const phone = (meta: Meta) => readText({ ...meta, max: 40 }, phoneFrom, 'volunteers.error.phone')
/** One of a list of places known only at run time; the code is read here, whether it exists where the places are known. */
export const placeFrom = (meta: Meta) => {
  const read = readText({ ...meta, max: 4 }, place, 'core.error.choose')
  return read.meta({ ...read.meta(), kind: 'choice' })
}

const personalCode = readText(
  { label: 'volunteers.field.personalCode', hint: 'volunteers.hint.personalCode', max: 20 },
  (typed) => {
    const read = readPersonalCode(typed)
    return 'fault' in read ? null : read
  },
  'volunteers.error.personalCode',
)

/** Any number of places of the country; whether each exists is asked where the places are known. */
export const placesFrom = (meta: Meta) =>
  z
    .preprocess(
      (raw) => (raw === undefined || raw === '' ? [] : Array.isArray(raw) ? raw : [raw]),
      z.array(z.string().regex(/^0\d{3}$/, { error: 'core.error.choose' })).max(100),
    )
    .meta({ kind: 'choices', ...meta, optional: true })

const Profile = {
  name: name({ label: 'volunteers.field.name', hint: 'volunteers.hint.name' }),
  email: optional(email({ label: 'volunteers.field.email' })),
  phone: optional(phone({ label: 'volunteers.field.phone' })),
  personalCode: optional(personalCode),
  birthYear: optional(number({ label: 'volunteers.field.birthYear', min: 1920, max: 2015 })),
  sex: optional(choice(['F', 'M'], { label: 'volunteers.field.sex', prefix: 'volunteers.sex' })),
  occupation: optional(text({ label: 'volunteers.field.occupation', max: 120 })),
  county: placeFrom({ label: 'volunteers.field.county', hint: 'volunteers.hint.county' }),
  municipality: optional(placeFrom({ label: 'volunteers.field.municipality', hint: 'volunteers.hint.municipality' })),
  areaCounties: placesFrom({ label: 'volunteers.field.areaCounties', hint: 'volunteers.hint.areaCounties' }),
  areaMunicipalities: placesFrom({ label: 'volunteers.field.areaMunicipalities' }),
  firstLanguage: choice(languages, { label: 'volunteers.field.firstLanguage', prefix: 'volunteers.language' }),
  languages: choices(languages, { label: 'volunteers.field.languages', prefix: 'volunteers.language' }),
  availability: optional(
    longText({ label: 'volunteers.field.availability', hint: 'volunteers.hint.availability', max: 500 }),
  ),
  maxCases: optional(number({ label: 'volunteers.field.maxCases', hint: 'volunteers.hint.maxCases', min: 0, max: 10 })),
  remote: choice(['no', 'yes'], { label: 'volunteers.field.remote', prefix: 'volunteers.remote' }),
  car: choice(['yes', 'no', 'unknown'], { label: 'volunteers.field.car', prefix: 'volunteers.answer' }),
  children: choice(['yes', 'no', 'undecided'], {
    label: 'volunteers.field.children',
    hint: 'volunteers.hint.children',
    prefix: 'volunteers.children',
  }),
  childrenReason: optional(
    text({ label: 'volunteers.field.childrenReason', hint: 'volunteers.hint.childrenReason', max: 300 }),
  ),
  notes: optional(longText({ label: 'volunteers.field.notes', hint: 'volunteers.hint.notes', max: 1000 })),
}

export const AddVolunteer = z.object(Profile)
/** Of whoever has an account the name is the account's, and no field of this form. */
export const EditVolunteer = z.object({
  ...{ id: id(), version: z.coerce.number().int(), ...Profile },
  name: whenAsked(Profile.name),
})
export type ProfileInput = z.output<typeof AddVolunteer>

const passed = (label: Key) => choice(['yes', 'no'], { label, prefix: 'volunteers.answer' })

const lastDay = (hint: Key) => optional(date({ label: 'volunteers.evidence.validTo', hint }))

/** What each kind of paper says: the fields of its form, in the order they are asked. */
export const paperForms = {
  training: z.object({
    passed: passed('volunteers.evidence.passed.training'),
    validFrom: date({ label: 'volunteers.evidence.from.training' }),
    validTo: lastDay('volunteers.evidence.validToHint.training'),
  }),
  contract: z.object({
    validFrom: date({ label: 'volunteers.evidence.from.contract' }),
    validTo: lastDay('volunteers.evidence.validToHint'),
  }),
  pledge: z.object({
    validFrom: date({ label: 'volunteers.evidence.from.pledge' }),
    validTo: lastDay('volunteers.evidence.validToHint.pledge'),
  }),
  background: z.object({
    passed: passed('volunteers.evidence.passed.background'),
    validFrom: date({ label: 'volunteers.evidence.from.background' }),
    validTo: lastDay('volunteers.evidence.validToHint.background'),
    checkedBy: text({ label: 'volunteers.evidence.checkedBy', max: 120 }),
  }),
}

const reason = text({ label: 'volunteers.evidence.reason', hint: 'volunteers.evidence.reasonHint', max: 300 })
export const Correction = z.object({ reason })

const own = <K extends EvidenceKind>(kind: K) => ({ id: id(), kind: z.literal(kind) })
const mended = <K extends EvidenceKind>(kind: K) => ({ ...own(kind), evidence: id(), reason })

export const AddEvidence = z.discriminatedUnion('kind', [
  paperForms.training.extend(own('training')),
  paperForms.contract.extend(own('contract')),
  paperForms.pledge.extend(own('pledge')),
  paperForms.background.extend(own('background')),
])
export const CorrectEvidence = z.discriminatedUnion('kind', [
  paperForms.training.extend(mended('training')),
  paperForms.contract.extend(mended('contract')),
  paperForms.pledge.extend(mended('pledge')),
  paperForms.background.extend(mended('background')),
])
export const WithdrawEvidence = z.object({
  id: id(),
  evidence: id(),
  reason: text({ label: 'volunteers.evidence.withdrawReason', hint: 'volunteers.evidence.reasonHint', max: 300 }),
})
export type PaperInput = z.output<typeof AddEvidence> | z.output<typeof CorrectEvidence>

export const ChangeStatus = z.object({
  id: id(),
  status: choice(statuses, { label: 'volunteers.status.choose', prefix: 'volunteers.status' }),
  fromOn: date({ label: 'volunteers.status.fromOn' }),
  untilOn: optional(date({ label: 'volunteers.status.untilOn', hint: 'volunteers.status.untilOnHint' })),
  reason: optional(text({ label: 'volunteers.status.reason', hint: 'volunteers.status.reasonHint', max: 300 })),
})

export const SetSupervisor = z.object({
  id: id(),
  supervisor: idFrom({ label: 'volunteers.field.supervisor' }),
})

export const AddTie = z.object({
  id: id(),
  municipality: placeFrom({ label: 'volunteers.tie.municipality' }),
  reason: text({ label: 'volunteers.tie.reason', hint: 'volunteers.tie.reasonHint', max: 300 }),
})

export const MakeAccount = z.object({
  id: id(),
  email: email({ label: 'volunteers.account.email', hint: 'volunteers.account.emailHint' }),
  locale: choice(['et', 'en', 'ru'], { label: 'volunteers.account.locale', prefix: 'volunteers.language' }),
})

export const purposes = ['background', 'contract', 'mistake'] as const
export const RevealCode = z.object({ id: id(), purpose: z.enum(purposes) })
