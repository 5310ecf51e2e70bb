// Of whom is which paper or check due, by when, and why?
import type { EvidenceKind, EvidenceState, Status } from '../../volunteers/volunteer.ts'

/** What is asked of somebody: a paper, a check, or a decision without which nobody knows whether the check is due. */
export type DueKind = EvidenceKind | 'children'

/**
 * `first`: there is none yet · `lapsing`: it ends soon · `lapsed`: it has ended · `failed`: the last answer was no ·
 * `decide`: nobody has said whether children are met.
 */
export type Why = 'first' | 'lapsing' | 'lapsed' | 'failed' | 'decide'

export type Due = { kind: DueKind; why: Why; until: string | null }

type Someone = {
  status: Status
  childContact: boolean | null
  needed: readonly EvidenceKind[]
  papers: Record<EvidenceKind, EvidenceState>
}

/** What has to be there at each stage on the way in; whoever works needs all of it. */
const wanted: Partial<Record<Status, readonly DueKind[]>> = {
  background: ['children', 'background'],
  training: ['children', 'background'],
  contract: ['children', 'background', 'contract', 'pledge'],
  active: ['children', 'background', 'training', 'contract', 'pledge'],
  paused: ['children', 'background', 'training', 'contract', 'pledge'],
}

const reasons: Partial<Record<EvidenceState['state'], Why>> = {
  ...{ missing: 'first', soon: 'lapsing', lapsed: 'lapsed', failed: 'failed' },
}

/** A check is due of whoever meets children – by agreement or by what she does today –, and of nobody else (R14); that it was answered with no is told as well. */
export function dueOf({ status, childContact, needed, papers }: Someone): Due[] {
  return (wanted[status] ?? []).flatMap((kind): Due[] => {
    if (kind === 'children') return childContact === null ? [{ kind, why: 'decide', until: null }] : []
    const why = reasons[papers[kind].state]
    if (!why || !needed.includes(kind)) return []
    return [{ kind, why, until: papers[kind].until }]
  })
}

/** What has ended or never was comes first, then by its last day. */
export function inOrderOfNeed<D extends Due>(all: readonly D[]): D[] {
  const key = ({ until }: Due) => until ?? ''
  return all.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
