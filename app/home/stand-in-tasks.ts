// What has somebody to do who is going away, stands in, or has come back, and who has whose cases meanwhile?
import { type Substitution, stateOf } from '../access/substitution/substitution.ts'
import type { Person } from '../core/user.ts'
import { formatDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import type { AwayFrom } from '../support/away/away.server.ts'
import { daysBetween } from '../ui/date.ts'
import type { Task } from '../ui/tasks.tsx'

// Whoever stood in and is back has nothing left to do.
const whats = [
  'giver.asked',
  'giver.planned',
  'giver.running',
  'giver.over',
  'taker.asked',
  'taker.planned',
  'taker.running',
] as const

export type StandInLine = {
  id: string
  what: (typeof whats)[number]
  giver: string
  taker: string
  from: string
  to: string
}

// Two weeks ahead one begins to hand over; a week after coming back one has read what happened.
const ahead = 14
const after = 7

type Asker = Pick<Person, 'id' | 'standsInFor'>

/** Of all there are those that this person has to think of today; at whose desk one sits is said on every page already. */
export function standInLines(all: readonly Substitution[], me: Asker, today: string): StandInLine[] {
  const here = me.standsInFor?.substitutionId
  return all.flatMap((one): StandInLine[] => {
    if (one.id === here) return []
    const { id, giver, taker, validFrom, validTo } = one
    const side = one.giverId === me.id ? 'giver' : one.takerId === me.id ? 'taker' : ''
    const state = stateOf(one, today)
    const what = whats.find((known) => known === `${side}.${state}`)
    if (!what || (state === 'planned' && daysBetween(today, validFrom) > ahead)) return []
    // What ended before it began has nothing to tell.
    if (state === 'over' && (validFrom > today || daysBetween(validTo, today) > after)) return []
    return [{ id, what, giver, taker, from: validFrom, to: validTo }]
  })
}

export function standInTasks(t: T, lines: readonly StandInLine[]): Task[] {
  return lines.map(({ id, what, giver, taker, from, to }) => ({
    kind: what === 'giver.over' ? 'neutral' : 'wait',
    text: t(`home.standIn.${what}`, { giver, taker, from: formatDate(from), to: formatDate(to) }),
    action: { href: `/substitution/${id}`, text: t(`home.standIn.${what}.do`) },
  }))
}

/** A line for each running support; where nobody guides her, somebody has to be found. */
export function awayTasks(t: T, away: readonly AwayFrom[], href: (one: AwayFrom) => string): Task[] {
  return away.map((one) => ({
    kind: one.cover ? 'neutral' : 'attention',
    text: t('home.helperAway', {
      number: one.number,
      name: one.name,
      from: formatDate(one.fromOn),
      to: formatDate(one.toOn),
    }),
    hint: one.cover ? t('home.helperAway.cover', { name: one.cover }) : t('home.helperAway.noCover'),
    action: { href: href(one), text: t('home.open') },
  }))
}
