// Did the support persons' reports come in on time, and were concerns answered?
import { isIn, type Period } from '../period.ts'
import { median } from '../statistics.ts'
import type { Facts } from './facts.ts'
import { idsByCounty, type Part, perPlace } from './figures.ts'

/**
 * Due: reports of the period's months. On time: first submitted on the due date or before; late: after it; missing: not submitted
 * and the due date has passed; pending: not submitted and not yet due; due = the four together. County: the volunteer's home. R18.
 */
export function reportFigures(facts: Facts, period: Period): Part {
  const due = facts.reports.filter(({ month }) => isIn(period, month))
  const groups = {
    reportsDue: due,
    reportsOnTime: due.filter(({ submittedOn, dueOn }) => submittedOn !== null && submittedOn <= dueOn),
    reportsLate: due.filter(({ submittedOn, dueOn }) => submittedOn !== null && submittedOn > dueOn),
    reportsMissing: due.filter(({ submittedOn, dueOn }) => submittedOn === null && dueOn < facts.knownOn),
    reportsPending: due.filter(({ submittedOn, dueOn }) => submittedOn === null && dueOn >= facts.knownOn),
  }
  return counted(facts, groups)
}

/**
 * Raised: a danger flag or a call for help whose date lies in the period; answered: somebody has said what was done; open: the rest.
 * Hours to answer: median of the hours from raising to the answer. County: that of the case. R16.
 */
export function concernFigures(facts: Facts, period: Period): Part {
  const raised = facts.concerns.filter(({ raisedOn }) => isIn(period, raisedOn))
  const answered = raised.filter(({ hoursToAnswer }) => hoursToAnswer !== null)
  const open = raised.filter(({ hoursToAnswer }) => hoursToAnswer === null)
  const part = counted(facts, { concernsRaised: raised, concernsAnswered: answered, concernsOpen: open })
  const hours = perPlace(facts.counties, answered, (here) => median(here.map((each) => each.hoursToAnswer ?? 0)))
  return { ...part, values: { ...part.values, answerHours: hours } }
}

function counted(facts: Facts, groups: Record<string, readonly { id: string; county: string }[]>): Part {
  const entries = Object.entries(groups)
  return {
    values: Object.fromEntries(
      entries.map(([id, list]) => [id, perPlace(facts.counties, list, (here) => here.length)]),
    ),
    rows: Object.fromEntries(entries.map(([id, list]) => [id, idsByCounty(list)])),
  }
}
