// What waits in the cases of my network, and how do they stand?
import type { PageContext } from '../core/page.tsx'
import { formatDate, isoDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import { ButtonGroup, ButtonLink } from '../ui/buttons.tsx'
import { dueWords } from '../ui/date.ts'
import { FigureRow, FigureTile } from '../ui/figure.tsx'
import { type Task, Tasks } from '../ui/tasks.tsx'
import { meetingTasks, planTasks } from './meeting-tasks.ts'
import type { NetworkFacts } from './network.server.ts'
import { erasureTasks, glassTasks, missingTasks, Nothing, worryTasks } from './parts.tsx'
import { referralTasks } from './referrer/waiting.ts'
import { awayTasks } from './stand-in-tasks.ts'
import { transferTasks } from './transfer-tasks.ts'

type Page = PageContext<NetworkFacts>

// More would hide what is due first; the list of cases has the rest.
const shown = 12

export function NetworkHome({ page }: { page: Page }) {
  const { t, data, me } = page
  const due = dueTasks(page)
  return (
    <>
      <h1>{t('home.tab')}</h1>
      <Tasks
        tasks={[
          ...missingTasks(t, data.missing),
          ...worryTasks(t, data.concerns),
          ...glassTasks(t, data.glass),
          ...transferTasks(t, data),
          ...planTasks(page),
          ...due.slice(0, shown),
          ...meetingTasks(page),
        ]}
        empty={<Nothing t={t} />}
      />
      {due.length > shown ? (
        <p>
          <a href="/cases">{t('home.task.more', { count: due.length - shown })}</a>
        </p>
      ) : null}
      <h2>{t('home.network.cases')}</h2>
      <FigureRow>
        {(['open', 'unassessed', 'waiting', 'supported'] as const).map((id) => (
          <FigureTile
            t={t}
            id={id}
            value={String(data.standing[id])}
            label={t(`home.network.${id}`, { count: data.standing[id] })}
            definition={t(`home.network.meaning.${id}`)}
            href={addresses[id]}
          />
        ))}
      </FigureRow>
      <p>
        <a href="/support/work">{t('support.work.open')}</a>
        {me.roles.includes('lead') ? (
          <>
            {' · '}
            <a href="/reach">{t('evaluation.reach.title')}</a>
            {' · '}
            <a href="/supervision/away">{t('home.away')}</a>
          </>
        ) : null}
      </p>
      <ButtonGroup>
        <ButtonLink href="/cases/new">{t('home.network.new')}</ButtonLink>
        <ButtonLink href="/cases/find" kind="secondary">
          {t('cases.find.open')}
        </ButtonLink>
      </ButtonGroup>
    </>
  )
}

const addresses = {
  open: '/cases',
  unassessed: '/cases?risk=none',
  waiting: '/cases?need=open',
  supported: '/cases?need=covered',
} as const

const places = {
  'tell-victim-support': '',
  'tell-child-protection': '/children',
  'tell-recipients': '/sharing',
  'assess-again': '/assess',
  'follow-up': '/closing',
  'assess-transferred': '/assess',
  'confirm-support': '/arrival',
  'share-actions': '/plan',
} as const

function dueTasks({ t, data }: Page): Task[] {
  const { today } = data
  const drafts = data.drafts.map(
    ({ caseId, number, madeOn }): Task => ({
      kind: 'wait',
      text: t('home.task.draft', { number }),
      hint: formatDate(madeOn),
      action: { href: `/cases/${caseId}/assess`, text: t('home.task.do') },
    }),
  )
  const tasks = data.tasks.map(({ caseId, number, kind, dueOn }): Task => {
    const quiet = kind === 'assess-again' || kind === 'follow-up'
    const urgent = quiet ? 'attention' : 'danger'
    return {
      kind: dueOn <= today ? urgent : quiet ? 'neutral' : 'attention',
      text: t(`home.task.${kind as keyof typeof places}`, { number }),
      hint: `${formatDate(dueOn)}, ${dueWords(dueOn, today, t)}`,
      action: { href: `/cases/${caseId}${places[kind as keyof typeof places]}`, text: t('home.task.do') },
    }
  })
  return [
    ...referralTasks(t, data.referrals, today),
    ...linkTasks(t, data.links),
    ...awayTasks(t, data.away, (one) => `/cases/${one.caseId}/support`),
    ...tasks,
    ...flagTask(t, data.flags),
    ...drafts,
    ...begun(t, data.begun),
    ...erasureTasks(t, data.erasures),
  ]
}

/** Whether whoever helps, or might help, is nobody's acquaintance; who helps already comes first. */
function linkTasks(t: T, links: NetworkFacts['links']): Task[] {
  return links.map((one) => ({
    kind: one.running ? 'danger' : 'attention',
    text: t(one.running ? 'home.task.linkRunning' : 'home.task.link', { number: one.number }),
    hint: formatDate(isoDate(one.askedAt ?? one.foundAt)),
    action: { href: `/cases/${one.caseId}/links/${one.pairId}`, text: t('home.task.do') },
  }))
}

function flagTask(t: T, count: number): Task[] {
  if (count === 0) return []
  return [
    {
      ...{ kind: 'neutral', count, text: t('home.task.flags', { count }) },
      action: { href: '/cases/flags', text: t('home.task.do') },
    },
  ]
}

function begun(t: T, journeys: NetworkFacts['begun']): Task[] {
  const [latest] = journeys
  if (!latest) return []
  const count = journeys.length
  const hint = formatDate(isoDate(latest.updatedAt))
  return [
    {
      kind: 'wait',
      count,
      text: t('home.task.begun', { count }),
      hint,
      action: { href: '/cases/new', text: t('home.task.continue') },
    },
  ]
}
