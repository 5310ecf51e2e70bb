// Which reports wait for the project manager, and which may be read by those who steer?
import type { PageContext } from '../core/page.tsx'
import { parsePeriod } from '../evaluation/period.ts'
import { formatDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import { dueWords } from '../ui/date.ts'
import { type Task, Tasks } from '../ui/tasks.tsx'
import type { ManagerFacts, PeriodLine, SteeringFacts } from './oversight.server.ts'
import { confirmTask, Nothing, nameOf } from './parts.tsx'
import { standInTasks } from './stand-in-tasks.ts'

export function ManagerHome({ page: { t, data, me } }: { page: PageContext<ManagerFacts> }) {
  return (
    <>
      <h1>{t('home.tab')}</h1>
      <Tasks
        tasks={[...confirmTask(t, data.toConfirm), ...managerTasks(t, data, !me.standsInFor)]}
        empty={<Nothing t={t} />}
      />
      <Accepted t={t} reports={data.reports} />
    </>
  )
}

export function SteeringHome({ page: { t, data } }: { page: PageContext<SteeringFacts> }) {
  return (
    <>
      <h1>{t('home.tab')}</h1>
      <p class="tv-lead">{t('home.steering.lead')}</p>
      <Accepted t={t} reports={data.reports} />
    </>
  )
}

function managerTasks(t: T, { toAnswer, missing, today, standIn }: ManagerFacts, mine: boolean): Task[] {
  const away = standInTasks(t, standIn)
  const waiting = toAnswer.map(
    ({ id, period }): Task => ({
      kind: 'wait',
      text: t(mine ? 'home.period.submitted' : 'home.handover.toAnswer', { period: nameOf(t, period) }),
      action: { href: `/reports/${id}`, text: t('home.read') },
    }),
  )
  if (!missing) return [...away, ...waiting]
  const { period, dueOn } = missing
  const absent: Task = {
    kind: 'attention',
    text: t('home.period.missing', { period: nameOf(t, period) }),
    hint: `${formatDate(dueOn)}, ${dueWords(dueOn, today, t)}`,
    action: { href: '/reports', text: t('home.open') },
  }
  return [absent, ...away, ...waiting]
}

function Accepted({ t, reports }: { t: T; reports: readonly PeriodLine[] }) {
  const accepted = reports.filter(({ status }) => status === 'accepted')
  return (
    <section>
      <h2>{t('home.manager.accepted')}</h2>
      {accepted.length === 0 ? (
        <div class="tv-empty">
          <p>{t('home.reports.none')}</p>
        </div>
      ) : (
        <ul>
          {accepted.map(({ id, period }) => (
            <li>
              <a href={`/reports/${id}`}>{named(t, period)}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function named(t: T, key: string): string {
  const period = parsePeriod(key)
  return period ? nameOf(t, period) : key
}
