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
import { confirmTask, erasureTasks, glassTasks, inviteTask, Nothing } from './parts.tsx'

/** The log itself: does it still follow from what outsiders were told, and do they still hear of it? */
function logTasks(t: T, { astray, late, few }: LogWatch): Task[] {
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
  const oneHolder: Task = {
    kind: 'attention',
    text: t('home.log.few', { places: few.join(', ') }),
    hint: t('home.log.fewDo'),
    action,
  }
  return [...(astray === null ? [] : [broken]), ...silent, ...(few.length ? [oneHolder] : [])]
}

export function AuditorHome({ page: { t, data } }: { page: PageContext<AuditorFacts> }) {
  const tasks = [
    ...logTasks(t, data.log),
    ...glassTasks(t, data.glass),
    ...watchTasks(t, data.watch),
    ...wallTasks(t, data.walls),
    ...uncodedTask(t, data.uncoded),
    ...erasureTasks(t, data.erasures),
  ]
  return (
    <>
      <h1>{t('home.tab')}</h1>
      <Tasks tasks={tasks} empty={<Nothing t={t} />} />
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

/** What the rules have found in the log waits for a judgement; and that nobody goes through them any more is worth knowing. */
function watchTasks(t: T, { waiting, silent }: AuditorFacts['watch']): Task[] {
  const action = { href: '/watch', text: t('home.open') }
  const judge: Task = { kind: 'wait', count: waiting, text: t('home.watch.judge', { count: waiting }), action }
  const ask: Task = { kind: 'attention', text: t('home.watch.silent'), action }
  return [...(waiting ? [judge] : []), ...(silent ? [ask] : [])]
}

/** A wall that was raised is an alarm: somebody might have worked on the case of someone close to them. */
function wallTasks(t: T, { raised, toDecide, outlived }: AuditorFacts['walls']): Task[] {
  const action = { href: '/walls', text: t('home.open') }
  const decide: Task = { kind: 'wait', count: toDecide, text: t('home.wall.decide', { count: toDecide }), action }
  const look: Task = { kind: 'danger', count: raised, text: t('home.wall.raised', { count: raised }), action }
  const gone: Task = { kind: 'attention', count: outlived, text: t('home.wall.outlived', { count: outlived }), action }
  return [decide, look, gone].filter((task) => task.count)
}

/** For them a wall cannot raise itself. */
function uncodedTask(t: T, count: number): Task[] {
  if (count === 0) return []
  const action = { href: '/people/codes', text: t('home.open') }
  return [{ kind: 'attention', count, text: t('home.uncoded', { count }), hint: t('home.uncoded.hint'), action }]
}

export function AdminHome({ page: { t, data, locale } }: { page: PageContext<AdminFacts> }) {
  const asked = data.asked.map(
    ({ id, giver, taker }): Task => ({
      kind: 'wait',
      text: t('home.admin.asked', { giver, taker }),
      action: { href: `/substitution/${id}/confirm`, text: t('access.substitution.answerIt') },
    }),
  )
  const ending = data.ending.map(
    ({ id, name, role, network, validTo }): Task => ({
      kind: 'attention',
      text: t('home.admin.ending', { name, role: [t(`core.role.${role}` as Key), network].filter(Boolean).join(', ') }),
      hint: t('home.admin.endingOn', { date: formatDate(validTo), relative: relativeDay(validTo, data.today, locale) }),
      action: { href: `/people/${id}`, text: t('home.open') },
    }),
  )
  return (
    <>
      <h1>{t('home.tab')}</h1>
      <Tasks
        tasks={[
          ...logTasks(t, data.log),
          ...glassTasks(t, data.glass),
          ...watchTasks(t, { ...data.watch, silent: false }),
          ...wallTasks(t, { ...data.walls, raised: 0, outlived: 0 }),
          ...confirmTask(t, data.toConfirm),
          ...asked,
          ...inviteTask(t, data.toInvite),
          ...uncodedTask(t, data.uncoded),
          ...ending,
        ]}
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
