// What is a paper made for one volunteer, how does it become a document, and does it still wait for somebody's hand?
import { z } from 'zod'
import { choice, date, id, optional, text } from '../../core/form/fields.ts'
import type { Key, Locale } from '../../i18n/i18n.ts'
import { locales } from '../../i18n/i18n.ts'
import type { ReportDocument } from '../../reports/document/document.ts'
import { type EvidenceKind, isStage, type Status } from '../../volunteers/volunteer.ts'
import { type Filling, filled, type PaperKind, paperKinds } from '../template/template.ts'

/** Which papers prove by their signature what somebody may be assigned by. */
export const provenBy: Partial<Record<PaperKind, EvidenceKind>> = { contract: 'contract', pledge: 'pledge' }

/** Which papers are signed by the volunteer; the others are given to her. */
export const isSigned = (kind: PaperKind): boolean => kind === 'contract' || kind === 'pledge' || kind === 'goodwill'

const signed = paperKinds.filter(isSigned)
const given = paperKinds.filter((kind) => !isSigned(kind))

/** What there is to make: nothing is certified of somebody who has not begun, and nothing more is signed with somebody who has left. */
export const papersFor = (status: Status): readonly PaperKind[] =>
  isStage(status) ? signed : status === 'ended' ? given : paperKinds

/** Of this one no copy is kept: it bears the hand of the person helped. */
export const isOnlySeen = (kind: PaperKind): boolean => kind === 'goodwill'

export const MakePaper = z.object({
  id: id(),
  template: z.enum(paperKinds),
  locale: choice(locales, { label: 'papers.make.locale', prefix: 'volunteers.language' }),
  // Asked for a contract alone, which does not stand without it.
  validFrom: optional(date({ label: 'volunteers.evidence.from.contract' })).meta({
    label: 'volunteers.evidence.from.contract',
    optional: false,
  }),
  validTo: optional(date({ label: 'volunteers.evidence.validTo', hint: 'volunteers.evidence.validToHint' })),
})

export const DropPaper = z.object({
  paper: id(),
  reason: text({ label: 'papers.drop.reason', hint: 'papers.drop.reasonHint', max: 300 }),
})

/** One paper as it stands in a list; `signedOn` where a copy is kept, or was seen. */
export type PaperLine = {
  id: string
  kind: PaperKind
  version: number
  locale: Locale
  madeOn: string
  validFrom: string | null
  validTo: string | null
  signedOn: string | null
  dropped: boolean
}

export type PaperState = 'dropped' | 'given' | 'waits' | 'signed'

export function stateOf({ kind, signedOn, dropped }: Pick<PaperLine, 'kind' | 'signedOn' | 'dropped'>): PaperState {
  if (dropped) return 'dropped'
  if (signedOn !== null) return 'signed'
  return isSigned(kind) ? 'waits' : 'given'
}

export const stateKey = (state: PaperState): Key => `papers.state.${state}`

/** The paper itself: the same from the same version and facts, whenever it is asked for. */
export function paperDocument(
  { locale, madeOn, words }: { locale: Locale; madeOn: string; words: string },
  facts: Filling,
  author: string,
): ReportDocument {
  const { title, blocks } = filled(words, facts)
  return { locale, title, author, madeOn, plain: true, blocks, definitions: [] }
}
