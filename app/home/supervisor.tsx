// Who of those I guide needs me today?
import type { PageContext } from '../core/page.tsx'
import { formatDate, formatMonth } from '../i18n/format.ts'
import { dueWords } from '../ui/date.ts'
import { type Task, Tasks } from '../ui/tasks.tsx'
import { confirmTask, Nothing, worryTasks } from './parts.tsx'
import type { SupervisorFacts } from './support.server.ts'

type Page = PageContext<SupervisorFacts>

export function SupervisorHome({ page }: { page: Page }) {
  const { t } = page
  return (
    <>
      <h1>{t('home.tab')}</h1>
      <Tasks tasks={tasksOf(page)} empty={<Nothing t={t} />} />
      <p>
        <a href="/supervision">{t('home.supervisees')}</a>
      </p>
    </>
  )
}

function tasksOf({ t, data, locale }: Page): Task[] {
  const open = (href: string) => ({ href, text: t('home.open') })
  return [
    ...confirmTask(t, data.toConfirm),
    ...worryTasks(
      t,
      data.concerns.filter((concern) => concern.answeredAt === null),
    ),
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
