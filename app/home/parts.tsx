// What do the first pages of all roles share?

import type { WatchedGlass } from '../cases/break-glass/glass.ts'
import type { GlassWaiting } from '../cases/break-glass/watch.server.ts'
import { type Period, periodLabel } from '../evaluation/period.ts'
import { formatDate, formatTime, isoDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import type { Waiting } from '../safekeeping/erasure/erasures.server.ts'
import { isDrill, type Outing } from '../support/outing/outing.ts'
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

/** Whoever is not back from a meeting stands before everything else: nobody knows yet what has happened. */
export function missingTasks(t: T, missing: readonly Outing[]): Task[] {
  return missing.map((one) => ({
    kind: 'danger',
    text: t(isDrill(one) ? 'support.drill.missing' : 'support.outing.missing', { name: one.volunteer }),
    hint: isDrill(one)
      ? t('support.drill.markText')
      : t('support.outing.missingHint', { time: formatTime(one.untilAt), number: one.number }),
    action: { href: `/outings/${one.id}`, text: t('home.open') },
  }))
}

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
export function glassTasks(t: T, { toAnswer, toReview, late }: GlassWaiting): Task[] {
  const line = (text: 'answer' | 'review' | 'late', page: string) => (one: WatchedGlass) => {
    const over = one.state === 'late'
    const date = formatDate(one.reviewDueOn)
    return {
      kind: text === 'answer' || over ? ('danger' as const) : ('attention' as const),
      text: t(`home.glass.${text}`, { person: one.person, number: one.number }),
      hint: text === 'answer' ? undefined : t(over ? 'home.glass.over' : 'home.glass.due', { date }),
      action: { href: page ? `/break-glass/${one.id}/${page}` : '/break-glass', text: t('home.open') },
    }
  }
  return [
    ...toAnswer.map(line('answer', 'answer')),
    ...toReview.map(line('review', 'judge')),
    ...late.map(line('late', '')),
  ]
}

/** The first of a person's names, for a greeting. */
export const firstName = (name: string): string => name.split(' ')[0] ?? name

/** "oktoober 2026", "2026. aasta III kvartal" */
export function nameOf(t: T, period: Period): string {
  const { key, args } = periodLabel(period)
  return t(key, args)
}
