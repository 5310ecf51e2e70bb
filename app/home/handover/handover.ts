// What does somebody who takes over somebody's desk for a while have to know?
import type { PromiseLine, Substitution, SubstitutionState } from '../../access/substitution/substitution.ts'
import type { WaitingReport } from '../../reports/waiting.server.ts'
import type { EndingPaper } from '../../volunteers/care.server.ts'
import type { Waiting } from '../coordinator/coordinator.server.ts'

/** What is due until the last day, and everything that waits as on the coordinator's own first page. */
export type CoordinatorDesk = {
  kind: 'coordinator'
  reports: WaitingReport[]
  monthReports: { late: number; due: number; firstDue: string | null }
  covision: { due: number; firstDue: string | null }
  papers: EndingPaper[]
  waiting: Waiting
  told: { caseId: string; dueOn: string }[]
  imports: { id: string; madeAt: Date }[]
}

/** What waits for the project manager's word: a stand-in reads it, the manager answers. */
export type ManagerDesk = { kind: 'manager'; toAnswer: WaitingReport[]; missing: WaitingReport[] }

export type Desk = CoordinatorDesk | ManagerDesk

/** What the stand-in did, one line a kind of deed; `looked` counts what was only looked at. */
export type Meanwhile = { done: Deed[]; looked: number }
export type Deed = { action: string; times: number; last: Date; cases: { id: string; number: string }[] }

export type Handover = {
  term: Substitution
  state: SubstitutionState
  today: string
  /** Which of the two is reading. */
  reader: 'giver' | 'taker'
  promises: PromiseLine[]
  /** Null where the reader does not sit at that desk at the moment. */
  desk: Desk | null
  meanwhile: Meanwhile
}
