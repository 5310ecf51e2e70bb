// How many needed a support person, how many got one, how long did they wait and how long were they supported?

import { daysBetween } from '../../ui/date.ts'
import { isIn, type Period } from '../period.ts'
import { mean, share, waitingTimes } from '../statistics.ts'
import type { Facts, NeedFact } from './facts.ts'
import { idsByCounty, type Part, perPlace } from './figures.ts'

type Story = {
  id: string
  county: string
  offered: boolean
  answer: 'agreed' | 'declined' | 'undecided'
  standing: boolean
  covered: boolean
  running: boolean
  started: boolean
  wait: number
  months: number
}

// The mean month of the Gregorian calendar: 365.2425 / 12.
const monthDays = 30.436875

/**
 * Offered: the first event of the need lies in the period; answers as last known, so that offered = agreed + declined + undecided.
 * Standing: the victim had agreed and the need was not closed on at least one day of the period; covered: on at least one of
 * them a support person had said yes; standing = covered + uncovered, covered = running (on the last day) + ended. Coverage =
 * covered / standing. Started: the first yes lies in the period; wait = whole days from the victim's agreement to that yes
 * (median and arithmetic mean). Length = days from the first yes to the last end (running: to the period's last day) / 30.437.
 * Source: domain.md R19, §2 (the figures of 2022: cases, support persons, average length in months).
 */
export function needFigures(facts: Facts, period: Period): Part {
  const stories = facts.needs.map((need) => storyOf(need, period))
  const offered = stories.filter((story) => story.offered)
  const standing = stories.filter((story) => story.standing)
  const covered = standing.filter((story) => story.covered)
  const groups = {
    needsOffered: offered,
    needsAgreed: offered.filter((story) => story.answer === 'agreed'),
    needsDeclined: offered.filter((story) => story.answer === 'declined'),
    needsUndecided: offered.filter((story) => story.answer === 'undecided'),
    needsStanding: standing,
    needsCovered: covered,
    needsUncovered: standing.filter((story) => !story.covered),
    needsStarted: covered.filter((story) => story.started),
    needsRunning: covered.filter((story) => story.running),
    needsEnded: covered.filter((story) => !story.running),
  }
  const at = (things: readonly Story[], value: (here: readonly Story[]) => number | null) =>
    perPlace(facts.counties, things, value)
  const counts = Object.entries(groups).map(([id, list]) => [id, at(list, (here) => here.length)])
  const rows = Object.entries(groups).map(([id, list]) => [id, idsByCounty(list)])
  const waits = (here: readonly Story[]) => waitingTimes(here.map(({ wait }) => wait))
  const length = (here: readonly Story[]) => mean(here.map(({ months }) => months))
  return {
    values: {
      ...Object.fromEntries(counts),
      coverage: at(standing, (here) => share(here.filter((story) => story.covered).length, here.length)),
      waitMedian: at(groups.needsStarted, (here) => waits(here).median),
      waitMean: at(groups.needsStarted, (here) => waits(here).mean),
      runningMonths: at(groups.needsRunning, length),
      endedMonths: at(groups.needsEnded, length),
    },
    rows: Object.fromEntries(rows),
  }
}

function storyOf(need: NeedFact, period: Period): Story {
  const spans = need.help.map(({ from, until }) => ({ from, until: until ?? '9999-12-31' }))
  const first = spans.map(({ from }) => from).sort()[0]
  const here = spans.filter(({ from, until }) => from <= period.to && until >= period.from)
  const running = here.some(({ until }) => until > period.to)
  const lastEnd =
    here
      .map(({ until }) => until)
      .sort()
      .at(-1) ?? period.to
  const agreedOn = need.events.find(({ kind }) => kind === 'opened')?.onDate
  const offeredOn = need.events[0]?.onDate
  return {
    id: need.id,
    county: need.county,
    offered: offeredOn !== undefined && isIn(period, offeredOn),
    answer: answerOf(need),
    covered: here.length > 0,
    standing: here.length > 0 || wasOpen(need, period),
    running,
    started: first !== undefined && isIn(period, first),
    // A yes that was written down before the agreement was is no negative wait.
    wait: first && agreedOn ? Math.max(0, daysBetween(agreedOn, first)) : 0,
    months: first ? daysBetween(first, running ? period.to : lastEnd) / monthDays : 0,
  }
}

function answerOf(need: NeedFact): Story['answer'] {
  const last = need.events.filter(({ kind }) => kind === 'opened' || kind === 'declined').at(-1)
  if (!last) return need.help.length > 0 ? 'agreed' : 'undecided'
  return last.kind === 'opened' ? 'agreed' : 'declined'
}

// Open from the agreement (or a reopening) until it is closed or declined; proposals and yeses leave it standing.
function wasOpen(need: NeedFact, period: Period): boolean {
  let since: string | null = null
  for (const { kind, onDate } of need.events) {
    if (kind === 'opened' || kind === 'reopened') since ??= onDate
    if (kind !== 'closed' && kind !== 'declined') continue
    if (since !== null && since <= period.to && onDate >= period.from) return true
    since = null
  }
  return since !== null && since <= period.to
}
