// Who can be taken out of a case again, and what has to be said?
import { longText } from '../../core/form/fields.ts'
import { seen } from '../../core/form/seen.ts'
import type { PersonLine } from '../case-file.server.ts'
import { PersonPlace } from '../identity/correct.ts'

/** Somebody who was written down by mistake, or no longer belongs here. */
export const Withdraw = PersonPlace.extend({
  /** The entry that whoever takes out has read. */
  seen: seen(),
  why: longText({ label: 'cases.withdraw.why', hint: 'cases.withdraw.whyHint', max: 500 }),
})

/** Without her there is no case, and not without somebody who used violence: who that is may be corrected. */
export const mayGo = (one: Pick<PersonLine, 'kind'>, people: readonly Pick<PersonLine, 'kind'>[]): boolean =>
  one.kind !== 'victim' &&
  (one.kind !== 'perpetrator' || people.filter(({ kind }) => kind === 'perpetrator').length > 1)
