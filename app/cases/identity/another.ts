// What is written down where another child or another perpetrator becomes known?
import { number, optional } from '../../core/form/fields.ts'
import { CaseId } from '../case.ts'
import { Perpetrator } from '../referral/perpetrators.ts'

/** As many as a case may have. */
export const mostChildren = 20

export const AddPerpetrator = CaseId.extend(Perpetrator.shape)
export const AddChild = CaseId.extend({
  birthYear: optional(
    number({ label: 'cases.field.birthYear', hint: 'cases.child.birthYearHint', min: 1900, max: 2100 }),
  ),
})
