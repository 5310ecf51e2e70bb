// Until when is what stands of one case in the minutes for internal use only? Each of these annexes has a mark of its own.
import type { z } from 'zod'
import type { Message } from '../../core/errors.ts'
import { choice, date, whenAsked } from '../../core/form/fields.ts'
import { seen } from '../../core/form/seen.ts'
import { ItemOf } from '../agenda/agenda.ts'

/** What the years of private life are counted from: the making of the minutes, somebody's death, or, where it is not known, their birth. */
export const annexGrounds = ['private_life', 'death', 'birth'] as const
export type AnnexGround = (typeof annexGrounds)[number]

/** `id`: of the word that stands; none where nobody has said anything else than what is usual. */
export type AnnexMark = { id: string | null; ground: AnnexGround; from: string; until: string }

export const MarkAnnex = ItemOf.extend({
  seen: seen(),
  ground: choice(annexGrounds, { label: 'meetings.annex.ground', prefix: 'meetings.annex.ground' }),
  from: whenAsked(date({ label: 'meetings.annex.from', hint: 'meetings.annex.fromHint' })),
})

/** Why the years cannot be counted from this day. */
export function fromRefusal({ ground, from }: z.output<typeof MarkAnnex>, today: string): Message | null {
  if (ground === 'private_life') return null
  if (!from) return { key: 'meetings.annex.fromNeeded' }
  return from > today || from < '1900-01-01' ? { key: 'meetings.annex.fromWrong' } : null
}
