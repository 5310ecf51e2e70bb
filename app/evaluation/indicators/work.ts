// Who worked, who could have worked, and how much was done?
import { byPapers, reasonsNotAble } from '../../matching/lasting/able.ts'
import { evidenceState, neededKinds, statusOn } from '../../volunteers/volunteer.ts'
import { isIn, type Period } from '../period.ts'
import type { Facts, Help, VisitFact, VolunteerFact } from './facts.ts'
import { idsByCounty, type Part, perPlace } from './figures.ts'

/**
 * Active: at least one contact entered for the period, or a support that lasted on at least one of its days.
 * Ready: could have taken one more case on the period's last day by the rules of matching (`reasonsNotAble`): status, absence, training, contract
 * (until the expected end of a support), pledge, the check of whoever meets children, and fewer cases than she takes.
 * County: the volunteer's home. Source: domain.md §2 (18 of 64 in use in 2022), R14, R15, R19, R21.
 */
export function volunteerFigures(facts: Facts, period: Period): Part {
  const busy = new Set(visitsIn(facts, period).map(({ volunteerId }) => volunteerId))
  for (const { help } of facts.needs) {
    for (const { volunteerId, from, until } of help) {
      if (from <= period.to && (until ?? period.to) >= period.from) busy.add(volunteerId)
    }
  }
  const ready = isAble(facts, period.to)
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

/** Whether somebody could take one more case on a day; whom she helps on it is looked up once for all. */
function isAble({ needs, settings }: Facts, day: string): (volunteer: VolunteerFact) => boolean {
  const lasts = ({ from, until }: Pick<Help, 'from' | 'until'>) => from <= day && (until === null || until > day)
  const helpOf = Map.groupBy(
    needs.flatMap(({ help }) => help.filter(lasts)),
    ({ volunteerId }) => volunteerId,
  )
  return ({ id, county, childContact, maxCases, evidence, history, asked, away }) => {
    const taken = [...(helpOf.get(id) ?? []), ...asked.filter(lasts)]
    const papers = evidenceState(evidence, day, settings)
    const meets = { childContact, families: taken.some(({ children }) => children) }
    const herself = {
      ...{ ...byPapers(papers, statusOn(history, day)), county, away, maxCases, active: taken.length },
      childContact: neededKinds(meets).includes('background'),
    }
    return reasonsNotAble(herself, settings, day).length === 0
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
