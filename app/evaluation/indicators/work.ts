// Who worked, who could have worked, and how much was done?
import { readiness } from '../../volunteers/volunteer.ts'
import { isIn, type Period } from '../period.ts'
import type { Facts, VisitFact, VolunteerFact } from './facts.ts'
import { idsByCounty, type Part, perPlace } from './figures.ts'

/**
 * Active: at least one contact entered for the period, or a support that lasted on at least one of its days.
 * Ready: could have been assigned on the period's last day by rule R14 (status, training, contract, pledge; the background check
 * where the child-contact flag is on). County: the volunteer's home. Source: domain.md §2 (18 of 64 in use in 2022), R14, R19.
 */
export function volunteerFigures(facts: Facts, period: Period): Part {
  const busy = new Set(visitsIn(facts, period).map(({ volunteerId }) => volunteerId))
  for (const { help } of facts.needs) {
    for (const { volunteerId, from, until } of help) {
      if (from <= period.to && (until ?? period.to) >= period.from) busy.add(volunteerId)
    }
  }
  const ready = ({ childContact, evidence, history }: VolunteerFact) =>
    readiness({ childContact }, evidence, history, facts.settings, period.to).mayBeAssigned
  const active = facts.volunteers.filter(({ id }) => busy.has(id))
  const able = facts.volunteers.filter(ready)
  return {
    values: {
      volunteersActive: perPlace(facts.counties, active, (here) => here.length),
      volunteersReady: perPlace(facts.counties, able, (here) => here.length),
    },
    rows: { volunteersActive: idsByCounty(active), volunteersReady: idsByCounty(able) },
  }
}

/**
 * Contacts, hours and expenses are sums of the entries whose date lies in the period (R19: never typed in); hours = minutes / 60.
 * Cases visited: distinct cases with such an entry. County: that of the case.
 */
export function contactFigures(facts: Facts, period: Period): Part {
  const visits = visitsIn(facts, period)
  const cases = [...new Map(visits.map(({ caseId, county }) => [caseId, { id: caseId, county }])).values()]
  const total = (of: (visit: VisitFact) => number) =>
    perPlace(facts.counties, visits, (here) => here.reduce((sum, visit) => sum + of(visit), 0))
  return {
    values: {
      casesVisited: perPlace(facts.counties, cases, (here) => here.length),
      contacts: total(({ contacts }) => contacts),
      hours: perPlace(facts.counties, visits, (here) => here.reduce((sum, { minutes }) => sum + minutes, 0) / 60),
      expenses: total(({ expenseCents }) => expenseCents),
    },
    rows: { casesVisited: idsByCounty(cases), contacts: idsByCounty(visits) },
  }
}

function visitsIn(facts: Facts, period: Period): VisitFact[] {
  return facts.visits.filter(({ onDate }) => isIn(period, onDate))
}
