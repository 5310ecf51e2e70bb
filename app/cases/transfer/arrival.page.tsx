// A case has come from another network: what is done first, and what came with it?
import { Tokens } from '../../core/form/form.tsx'
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { Callout } from '../../ui/panel.tsx'
import { SummaryCard } from '../../ui/summary.tsx'
import { caseHref } from '../frame.tsx'
import type { TaskKind } from '../tasks.ts'
import { openArrival } from './arrival.server.ts'

type Page = PageContext<Awaited<ReturnType<typeof openArrival.run>>>

export const arrivalPage = get(openArrival, {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    const { head, arrival } = data
    return (
      <div class="tv-narrow">
        <BackLink href={caseHref(head.id)}>{head.number}</BackLink>
        <h1>{t('transfer.arrival.title')}</h1>
        <p class="tv-lead">{t('transfer.arrival.lead', { network: arrival.from, date: formatDate(arrival.on) })}</p>
        <Assess page={page} />
        <Supports page={page} />
        <Actions page={page} />
        <SummaryCard
          title={t('transfer.said')}
          rows={[
            { name: t('transfer.field.words'), value: arrival.words ?? '–' },
            { name: t('transfer.field.groundWords'), value: arrival.ground ?? '–' },
            arrival.lacks.length
              ? {
                  name: t('transfer.lack.was'),
                  value: arrival.lacks.map((kind) => <div>{t(`transfer.lack.${kind}`)}</div>),
                  hint: arrival.why ?? undefined,
                }
              : null,
          ]}
        />
        <Decisions page={page} />
      </div>
    )
  },
})

function dueOf({ t, data: { head } }: Page, kind: TaskKind) {
  const task = head.tasks.find((one) => one.kind === kind)
  return task && { id: task.id, words: `${formatDate(task.dueOn)}, ${dueWords(task.dueOn, head.today, t)}` }
}

function Assess({ page }: { page: Page }) {
  const task = dueOf(page, 'assess-transferred')
  if (!task) return <p>{page.t('transfer.arrival.assessed')}</p>
  return (
    <Callout kind="attention" title={page.t('cases.next.assess-transferred')}>
      <p>{page.t('transfer.arrival.assess', { due: task.words })}</p>
      <ButtonLink href={`/cases/${page.data.head.id}/assess`}>{page.t('cases.do.assess-transferred')}</ButtonLink>
    </Callout>
  )
}

/** The support person goes on as before; somebody of this network says that it shall be so, or ends it. */
function Supports({ page }: { page: Page }) {
  const { t, data } = page
  const task = dueOf(page, 'confirm-support')
  if (!task) return null
  return (
    <Callout kind="attention" title={t('cases.next.confirm-support')}>
      <p>{t('transfer.arrival.support', { due: task.words })}</p>
      <ul class="govuk-list">
        {data.supports.map(({ id, code, startOn }) => (
          <li>
            {t('transfer.arrival.helper', { code: code ?? '–', date: startOn ? formatDate(startOn) : '–' })}{' '}
            <a href={`/assignments/${id}/end`}>
              {t('transfer.arrival.end')}
              <span class="govuk-visually-hidden"> {code}</span>
            </a>
          </li>
        ))}
      </ul>
      <form method="post" action={`/cases/${data.head.id}/tasks/${task.id}`}>
        <Tokens page={page} />
        <Button kind="secondary">{t('cases.do.confirm-support')}</Button>
      </form>
    </Callout>
  )
}

function Actions({ page }: { page: Page }) {
  const { t, data } = page
  const task = dueOf(page, 'share-actions')
  if (!task) return null
  return (
    <Callout kind="attention" title={t('cases.next.share-actions')}>
      <p>{t('transfer.arrival.actions', { due: task.words })}</p>
      <form method="post" action={`/cases/${data.head.id}/tasks/${task.id}`}>
        <Tokens page={page} />
        <ButtonGroup>
          <ButtonLink href={caseHref(data.head.id, 'plan')} kind="secondary">
            {t('transfer.arrival.plan')}
          </ButtonLink>
          <Button kind="secondary">{t('cases.do.share-actions')}</Button>
        </ButtonGroup>
      </form>
    </Callout>
  )
}

function Decisions({ page: { t, data } }: { page: Page }) {
  if (data.decisions.length === 0) return null
  return (
    <>
      <h2>{t('transfer.arrival.decisions')}</h2>
      {data.decisions.map(({ on, words, reason }) => (
        <p>
          {`${formatDate(on)} – ${words ?? '–'}`}
          <span class="tv-quiet"> {reason}</span>
        </p>
      ))}
    </>
  )
}
