// What do those see first who check, keep or teach?
import type { LogWatch } from '../audit/checkpoint/checkpoints.server.ts'
import type { PageContext } from '../core/page.tsx'
import { formatDate, formatInstant } from '../i18n/format.ts'
import type { Key, T } from '../i18n/i18n.ts'
import { ButtonLink } from '../ui/buttons.tsx'
import { relativeDay } from '../ui/date.ts'
import { FigureRow, FigureTile } from '../ui/figure.tsx'
import { type Task, Tasks } from '../ui/tasks.tsx'
import type { AdminFacts, AuditorFacts } from './oversight.server.ts'
import { erasureTasks } from './parts.tsx'

/** The log itself: does it still follow from what outsiders were told, and do they still hear of it? */
function logTasks(t: T, { astray, late }: LogWatch): Task[] {
  const action = { href: '/audit', text: t('home.open') }
  const broken: Task = {
    kind: 'danger',
    text: t('home.log.astray', { seq: String(astray) }),
    hint: t('home.log.astrayDo'),
    action,
  }
  const silent = late.map(
    ({ place, since }): Task => ({
      kind: 'attention',
      text: t('home.log.late', { place }),
      hint: t('home.log.lateSince', { at: formatInstant(since) }),
      action,
    }),
  )
  return astray === null ? silent : [broken, ...silent]
}

export function AuditorHome({ page: { t, data } }: { page: PageContext<AuditorFacts> }) {
  const tasks = [...logTasks(t, data.log), ...erasureTasks(t, data.erasures)]
  return (
    <>
      <h1>{t('home.tab')}</h1>
      {tasks.length > 0 ? <Tasks tasks={tasks} empty={null} /> : null}
      <h2>{t('home.auditor.week')}</h2>
      <FigureRow>
        {(['looks', 'refused', 'failed', 'alarms'] as const).map((id) => (
          <FigureTile
            t={t}
            id={id}
            value={String(data.week[id])}
            label={t(`home.auditor.${id}`)}
            definition={t(`home.auditor.${id}Meaning`)}
          />
        ))}
      </FigureRow>
      <ButtonLink href="/audit">{t('home.auditor.do')}</ButtonLink>
    </>
  )
}

export function AdminHome({ page: { t, data, locale } }: { page: PageContext<AdminFacts> }) {
  const ending = data.ending.map(({ id, name, role, network, validTo }) => ({
    kind: 'attention' as const,
    text: t('home.admin.ending', { name, role: [t(`core.role.${role}` as Key), network].filter(Boolean).join(', ') }),
    hint: t('home.admin.endingOn', { date: formatDate(validTo), relative: relativeDay(validTo, data.today, locale) }),
    action: { href: `/people/${id}`, text: t('home.open') },
  }))
  return (
    <>
      <h1>{t('home.tab')}</h1>
      <Tasks
        tasks={[...logTasks(t, data.log), ...ending]}
        empty={
          <>
            <p>
              <strong>{t('home.waits.none')}</strong>
            </p>
            <p>{t('home.admin.none')}</p>
          </>
        }
      />
      <ButtonLink href="/people">{t('home.admin.people')}</ButtonLink>
    </>
  )
}

export function TrainerHome({ page: { t } }: { page: PageContext<unknown> }) {
  return (
    <>
      <h1>{t('home.tab')}</h1>
      <div class="tv-empty">
        <p>
          <strong>{t('home.trainer.none')}</strong>
        </p>
        <p>{t('home.trainer.more')}</p>
      </div>
    </>
  )
}
