// Who may read what of those who want to help? `recruitment.list`, `recruitment.open` and the campaigns: R12 and the access table.
import type { Rule } from './cases.ts'
import { has } from './rights.ts'

const finds: Rule = (rights) => has(rights, 'coordinator', 'manager')

export const recruitmentRules: Record<string, Rule> = {
  application: finds,
  campaign: finds,
  campaign_was: finds,
  recruiting_target: finds,
  recruitment_step: finds,
  // That somebody was asked and has answered is known to both; who, and what they said, is under the coordinator's keys.
  reference_request: finds,
  // What is asked is known to both; what was answered is between the coordinator and whoever answered.
  interview_guide: finds,
  interview: (rights) => has(rights, 'coordinator'),
  // From where something was sent guards the door, and is told to nobody.
  application_try: () => false,
}
