// What may somebody tell of a person close to them, or of a case they are tied to?
import { z } from 'zod'
import { choice, id, text } from '../../core/form/fields.ts'
import { readPersonalCode } from '../../core/form/personal-code.ts'
import type { Key } from '../../i18n/i18n.ts'

export const relationKinds = [
  'spouse',
  'former-partner',
  'parent',
  'child',
  'sibling',
  'household',
  'friend',
  'colleague',
  'other',
] as const
export type RelationKind = (typeof relationKinds)[number]

const codeMeta = { label: 'access.relation.code', hint: 'access.relation.codeHint', max: 20 } as const
const personalCode = text(codeMeta)
  .transform((typed, ctx): string => {
    const read = readPersonalCode(typed)
    if (!('fault' in read)) return read.code
    ctx.addIssue({ code: 'custom', message: 'access.relation.codeWrong' })
    return z.NEVER
  })
  .meta({ kind: 'text', ...codeMeta })

const numberMeta = { label: 'access.relation.number', hint: 'access.relation.numberHint', max: 20 } as const
const caseNumber = text(numberMeta)
  .transform((typed, ctx): string => {
    const number = typed.toUpperCase().replace(/\s/g, '')
    if (/^M-\d{4}-\d{3,8}$/.test(number)) return number
    ctx.addIssue({ code: 'custom', message: 'access.relation.numberWrong' })
    return z.NEVER
  })
  .meta({ kind: 'text', ...numberMeta })

const label = text({ label: 'access.relation.label', hint: 'access.relation.labelHint', max: 60 })
const kindOf = (asked: Key) => choice(relationKinds, { label: asked, prefix: 'access.relation.kind' })

/** Somebody close, by personal code: it is turned into marks that cannot be turned back, and is kept nowhere. */
export const DeclarePerson = z.object({ personalCode, kind: kindOf('access.relation.kind'), label })
/** A case one is tied to, by its number: taken alike whether or not there is one. */
export const DeclareCase = z.object({ number: caseNumber, kind: kindOf('access.relation.kindInCase'), label })
export const RelationId = z.object({ id: id() })

export type Relation = {
  id: string
  kind: RelationKind
  label: string
  number: string | null
  declaredAt: Date
  /** Networks founded later, which do not watch for this person. */
  unwatched: string[]
}
