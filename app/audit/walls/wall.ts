// What does an auditor know of a wall between somebody and a case?
import { z } from 'zod'
import { id, longText } from '../../core/form/fields.ts'

export const sources = ['own-code', 'declared', 'by-number'] as const
export type Source = (typeof sources)[number]

export const WallId = z.object({ id: id() })
export const AskLift = WallId.extend({
  reason: longText({ label: 'audit.wall.reason', hint: 'audit.wall.reasonHint', max: 500 }),
})

/** `state`: it stands, somebody asked to lift it, two people have lifted it. */
export type WallRow = {
  id: string
  person: string
  /** What they were called when it was set, where that was another name. */
  personThen: string | null
  number: string
  network: string
  source: Source
  /** The one because of whom it stands was taken out of the case. */
  outlived: boolean
  setAt: Date
  state: 'stands' | 'asked' | 'lifted'
  /** Looks at and changes of the case before the wall stood; the answer to how much was seen. */
  seen: number
  mayDecide: boolean
}
