// What do the first pages of all roles share?

import type { WatchedGlass } from '../cases/break-glass/glass.ts'
import { type Period, periodLabel } from '../evaluation/period.ts'
import { formatDate, isoDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import type { Waiting } from '../safekeeping/erasure/erasures.server.ts'
import type { Task } from '../ui/tasks.tsx'

/** Nothing waits, and what will appear here. */
export function Nothing({ t }: { t: T }) {
  return (
    <>
      <p>
        <strong>{t('home.waits.none')}</strong>
      </p>
      <p>{t('home.waits.noneMore')}</p>
    </>
  )
}

type Worry = { id: string; kind: 'danger' | 'help'; number: string; raisedAt: Date; late: boolean; left?: number }

/** Every worry without an answer is a line of its own: each is about somebody's safety. */
export function worryTasks(t: T, worries: readonly Worry[]): Task[] {
  return worries.map(({ id, kind, number, raisedAt, late, left }) => ({
    kind: 'danger',
    text: t(`home.${kind}.one`, { number, date: formatDate(isoDate(raisedAt)) }),
    hint: late ? t('home.danger.late') : left === undefined ? undefined : t('home.danger.left', { hours: left }),
    action: { href: `/concerns/${id}`, text: t('home.open') },
  }))
}

/** Erasures that another has asked for; nothing where none waits. */
export function erasureTasks(t: T, { count, askedAt, first, due }: Waiting): Task[] {
  const rule: Task = {
    kind: 'neutral',
    count: due,
    text: t('home.erasures.due', { count: due }),
    action: { href: '/erasures', text: t('home.open') },
  }
  const byRule = due > 0 ? [rule] : []
  if (!askedAt) return byRule
  return [
    ...byRule,
    {
      kind: 'wait',
      count,
      text: t('home.erasures', { count }),
      hint: t('home.erasures.hint', { date: formatDate(isoDate(askedAt)) }),
      action: { href: count === 1 ? `/erasures/${first}` : '/erasures', text: t('home.open') },
    },
  ]
}

/** What somebody has asked for and only a second person can give. */
export function confirmTask(t: T, count: number): Task[] {
  if (count === 0) return []
  const action = { href: '/confirmations', text: t('home.open') }
  return [{ kind: 'wait', count, text: t('home.confirm', { count }), action }]
}

/** Let in by two people, but nobody has sent the link yet. */
export function inviteTask(t: T, count: number): Task[] {
  if (count === 0) return []
  return [{ kind: 'wait', count, text: t('home.invite', { count }), action: { href: '/people', text: t('home.open') } }]
}

/** Somebody waits to be let into a case, or was, and it has to be judged; each is a line of its own. */
export function glassTasks(t: T, { toAnswer, toReview }: Record<'toAnswer' | 'toReview', WatchedGlass[]>): Task[] {
  const line = (kind: Task['kind'], text: 'answer' | 'review', page: string) => (one: WatchedGlass) => ({
    kind,
    text: t(`home.glass.${text}`, { person: one.person, number: one.number }),
    hint: text === 'review' ? t('home.glass.due', { date: formatDate(one.reviewDueOn) }) : undefined,
    action: { href: `/break-glass/${one.id}/${page}`, text: t('home.open') },
  })
  return [...toAnswer.map(line('danger', 'answer', 'answer')), ...toReview.map(line('attention', 'review', 'judge'))]
}

/** The first of a person's names, for a greeting. */
export const firstName = (name: string): string => name.split(' ')[0] ?? name

/** "oktoober 2026", "2026. aasta III kvartal" */
export function nameOf(t: T, period: Period): string {
  const { key, args } = periodLabel(period)
  return t(key, args)
}
