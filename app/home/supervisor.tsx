// Who of those I guide needs me today?
import type { PageContext } from '../core/page.tsx'
import { formatDate, formatMonth } from '../i18n/format.ts'
import { dueWords, relativeDay } from '../ui/date.ts'
import { type Task, Tasks } from '../ui/tasks.tsx'
import { confirmTask, missingTasks, Nothing, worryTasks } from './parts.tsx'
import { awayTasks } from './stand-in-tasks.ts'
import type { SupervisorFacts } from './support.server.ts'

type Page = PageContext<SupervisorFacts>

export function SupervisorHome({ page }: { page: Page }) {
  const { t } = page
  return (
    <>
      <h1>{t('home.tab')}</h1>
      <Tasks tasks={tasksOf(page)} empty={<Nothing t={t} />} />
      <p>
        <a href="/supervision">{t('home.supervisees')}</a> · <a href="/supervision/sessions">{t('home.sessions')}</a> ·{' '}
        <a href="/supervision/load">{t('supervision.load.tab')}</a> · <a href="/supervision/away">{t('home.away')}</a> ·{' '}
        <a href="/outings/drills">{t('support.drill.tab')}</a>
      </p>
    </>
  )
}

function tasksOf(page: Page): Task[] {
  const { t, data, locale } = page
  const open = (href: string) => ({ href, text: t('home.open') })
  return [
    ...missingTasks(t, data.missing),
    ...confirmTask(t, data.toConfirm),
    ...worryTasks(
      t,
      data.concerns.filter((concern) => concern.answeredAt === null),
    ),
    ...dutyTasks(page),
    ...readingTasks(page),
    ...sampleTasks(page),
    ...lapseTasks(page),
    ...data.quiet.map(
      ({ id, name, last }): Task => ({
        kind: 'attention',
        text: t('home.quiet', { name }),
        hint: last ? t('home.quiet.hint', { date: formatDate(last) }) : t('home.quiet.never'),
        action: open(`/supervision/volunteers/${id}`),
      }),
    ),
    ...data.waiting.map(
      ({ id, name, month }): Task => ({
        kind: 'wait',
        text: t('home.waiting.report', { name, month: formatMonth(month, locale) }),
        action: { href: `/supervision/reports/${id}`, text: t('home.read') },
      }),
    ),
    ...data.late.map(
      ({ id, name, month, dueOn }): Task => ({
        kind: 'neutral',
        text: t('home.late.report', { name, month: formatMonth(month, locale) }),
        hint: dueWords(dueOn, data.today, t),
        action: open(`/supervision/reports/${id}`),
      }),
    ),
  ]
}

/** Papers and checks of those I guide that end soon or have ended: whoever meets them can remind them. */
function lapseTasks({ t, data }: Page): Task[] {
  return data.lapses.map(
    ({ volunteerId, name, kind, state, until }): Task => ({
      kind: state === 'soon' ? 'wait' : 'attention',
      text: t(`home.lapse.${state}`, {
        name,
        kind: t(`volunteers.evidence.${kind}`).toLowerCase(),
        date: until === null ? '' : formatDate(until),
      }),
      action: { href: `/supervision/volunteers/${volunteerId}`, text: t('home.open') },
    }),
  )
}

/** Talks and duties: what is overdue first, then what this week brings. */
function dutyTasks({ t, data, locale }: Page): Task[] {
  const { duties, overdue, moved, covision, unwritten, week } = data.digest
  const open = (href: string) => ({ href, text: t('home.open') })
  const words = (who: readonly string[], plannedOn: string) => ({ name: who.join(', '), date: formatDate(plannedOn) })
  const talk = ({ id, who, plannedOn }: (typeof week)[number]): Task => ({
    kind: plannedOn === data.today ? 'wait' : 'neutral',
    text: t('home.session', words(who, plannedOn)),
    hint: relativeDay(plannedOn, data.today, locale),
    action: open(`/supervision/sessions/${id}`),
  })
  return [
    // Somebody is waited for today.
    ...week.filter(({ plannedOn }) => plannedOn === data.today).map(talk),
    ...duties.map(
      ({ name, count }): Task => ({
        ...{ kind: 'attention', text: t('home.duty', { name }), hint: t('home.duty.hint', { count }) },
        action: open('/supervision/duty'),
      }),
    ),
    ...overdue.map(
      ({ id, name, dueOn }): Task => ({
        ...{ kind: 'attention', text: t('home.session.overdue', { name }), hint: dueWords(dueOn, data.today, t) },
        action: { href: `/supervision/sessions/new?volunteer=${id}`, text: t('supervision.session.plan') },
      }),
    ),
    ...moved.map(
      ({ id, name }): Task => ({
        ...{ kind: 'attention', text: t('home.session.moved', { name }) },
        action: { href: `/supervision/sessions/new?volunteer=${id}`, text: t('supervision.session.plan') },
      }),
    ),
    ...(covision > 0
      ? [
          {
            ...({ kind: 'wait', count: covision, text: t('home.covision', { count: covision }) } as const),
            action: { href: '/supervision/sessions/new?kind=covision', text: t('supervision.session.plan') },
          },
        ]
      : []),
    ...unwritten.map(
      ({ id, who, plannedOn }): Task => ({
        ...{ kind: 'wait', text: t('home.session.unwritten', words(who, plannedOn)) },
        action: { href: `/supervision/sessions/${id}`, text: t('supervision.session.write') },
      }),
    ),
    ...awayTasks(t, data.away, (one) => `/assignments/${one.assignment}`),
    ...week.filter(({ plannedOn }) => plannedOn !== data.today).map(talk),
  ]
}

/** Rounds of review in which entries wait to be looked at. */
function sampleTasks({ t, data }: Page): Task[] {
  return data.digest.samples.map(({ id, left, dueOn }): Task => {
    const kind = dueOn < data.today ? 'attention' : 'wait'
    const action = { href: `/supervision/samples/${id}`, text: t('home.open') }
    return { kind, count: left, text: t('home.sample', { count: left }), hint: dueWords(dueOn, data.today, t), action }
  })
}

/** What was written and waits to be read: of themselves first, then entries. */
function readingTasks({ t, data }: Page): Task[] {
  const { checkins, unread, unreadDays } = data
  const late = unread.filter(({ days }) => days > unreadDays).length
  const read = (href: string) => ({ href, text: t('home.read') })
  const own = checkins.map(
    ({ name }): Task => ({ kind: 'wait', text: t('home.checkin', { name }), action: read('/supervision/checkins') }),
  )
  if (unread.length === 0) return own
  const hint = late > 0 ? t('home.unread.late', { count: late }) : undefined
  const count = unread.length
  const kind = late > 0 ? 'attention' : 'wait'
  return [...own, { kind, count, text: t('home.unread', { count }), hint, action: read('/supervision/entries') }]
}
