// Who may read what of the papers made with volunteers? `paper.list`, `paper.own` and the access table: the coordinator, and of her own the volunteer.
import type { Rule } from './cases.ts'
import { has } from './rights.ts'

const ofPaper: Rule = (rights, row) =>
  has(rights, 'coordinator') || (rights.volunteer !== null && row.volunteer_id === rights.volunteer)

export const paperRules: Record<string, Rule> = {
  // A volunteer's own paper is made from its wording whenever she asks for it.
  paper_template: (rights) => has(rights, 'coordinator', 'volunteer'),
  paper: ofPaper,
  paper_signed: ofPaper,
  expense: ofPaper,
  // What somebody said who leaves is between them and the coordinator.
  exit_talk: (rights) => has(rights, 'coordinator'),
}
