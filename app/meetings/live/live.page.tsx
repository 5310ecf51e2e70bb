// What does the core group see while it speaks of one case?
import { RiskTag } from '../../cases/frame.tsx'
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { action, form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { Callout } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { ApprovalLine } from '../approval/panel.tsx'
import { ItemTag, meetingHref, whenWords } from '../parts.tsx'
import type { Action } from '../plan/action.ts'
import { ActionTag, Gaps } from '../plan/parts.tsx'
import { named, Others } from '../research/told.tsx'
import { Told } from '../view/told.tsx'
import { beginMeeting, Decide, decideItem, endMeeting, openLive } from './live.server.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openLive)['run']>>>

export const livePage = form(
  openLive,
  decideItem,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      const { head, line } = data
      return (
        <>
          <BackLink href={meetingHref(head.id)}>{t('meetings.of', { date: whenWords(head) })}</BackLink>
          <p class="tv-quiet">{t('meetings.live.at', { at: data.at, all: data.all })}</p>
          <h1>{line.number}</h1>
          <p>
            <ItemTag t={t} kind={line.kind} /> <RiskTag t={t} level={line.level} />{' '}
            {line.outcome ? <Tag kind="ok">{t(`meetings.outcome.${line.outcome}`)}</Tag> : null}
          </p>
          <Steps page={page} />
          <Herself page={page} />
          <Missing page={page} />
          <Actions page={page} />
          {data.onWall ? null : <Inside page={page} />}
        </>
      )
    },
  },
  ({ head, next }) => ({
    to: next ? meetingHref(head.id, `live/${next}`) : meetingHref(head.id),
    said: 'meetings.live.saved',
  }),
)

/** One case after another: links, so that the keyboard needs no more than Tab and Enter. Access keys 1, 2 and 3 do the same. */
function Steps({ page: { t, data } }: { page: Page }) {
  const wall = data.onWall ? '?wall=yes' : ''
  const to = (caseId: string) => `${meetingHref(data.head.id, `live/${caseId}`)}${wall}`
  return (
    <nav aria-label={t('meetings.live.steps')}>
      <ButtonGroup>
        {data.before ? (
          <a class="govuk-link" href={to(data.before)} rel="prev" accesskey="1">
            {t('meetings.live.before')}
          </a>
        ) : null}
        {data.after ? (
          <a class="govuk-link" href={to(data.after)} rel="next" accesskey="2">
            {t('meetings.live.after')}
          </a>
        ) : null}
        <a
          class="govuk-link"
          href={`${meetingHref(data.head.id, `live/${data.line.caseId}`)}${data.onWall ? '' : '?wall=yes'}`}
          accesskey="3"
        >
          {t(data.onWall ? 'meetings.live.offWall' : 'meetings.live.onWall')}
        </a>
      </ButtonGroup>
    </nav>
  )
}

/** What she wants herself comes before what others know. */
function Herself({ page: { t, data } }: { page: Page }) {
  const { head, line } = data
  if (data.onWall || !data.view) return null
  const change = data.asks && head.phase !== 'held' ? meetingHref(head.id, `view/${line.caseId}`) : null
  return <Told t={t} view={data.view} change={change} />
}

function Missing({ page: { t, data } }: { page: Page }) {
  return (
    <>
      {data.missing.length > 0 ? (
        <Callout kind="attention" title={t('meetings.gap.title')}>
          <p>{t('meetings.gap.text', { agencies: named(t, data.missing) })}</p>
        </Callout>
      ) : null}
      {data.silent.length > 0 ? <p>{t('meetings.live.silent', { agencies: named(t, data.silent) })}</p> : null}
      {data.known === 'missing' && data.line.kind !== 'twelve' ? (
        <Callout kind="attention" title={t('meetings.view.missing')}>
          <p>{t('meetings.view.missingOne')}</p>
          {data.asks && data.head.phase !== 'held' && !data.onWall ? (
            <p>
              <a href={meetingHref(data.head.id, `view/${data.line.caseId}`)}>{t('meetings.view.do')}</a>
            </p>
          ) : null}
        </Callout>
      ) : null}
      <Gaps t={t} gaps={data.gaps} />
    </>
  )
}

function Actions({ page: { t, data } }: { page: Page }) {
  const { head } = data
  return (
    <Table<Action>
      caption={t('meetings.live.actions')}
      captionLook="s"
      rows={data.actions}
      empty={<p>{t('meetings.live.noActions')}</p>}
      columns={[
        {
          name: t('meetings.plan.owner'),
          head: true,
          cell: (one) =>
            data.onWall ? t(`core.agency.${one.agency}`) : `${t(`core.agency.${one.agency}`)}, ${one.owner}`,
        },
        {
          name: t('meetings.plan.dueOn'),
          cell: (one) => `${formatDate(one.dueOn)}, ${dueWords(one.dueOn, head.today, t)}`,
        },
        { name: t('meetings.column.phase'), cell: (one) => <ActionTag t={t} action={one} today={head.today} /> },
        ...(data.onWall
          ? []
          : [{ name: t('meetings.plan.what'), cell: (one: Action) => one.what ?? t('meetings.plan.hidden') }]),
      ]}
    />
  )
}

/** What is only for those who have promised silence. */
function Inside({ page }: { page: Page }) {
  const { t, data } = page
  const { head, line } = data
  return (
    <>
      {data.pledged && head.phase === 'sitting' ? (
        <p>
          <ButtonLink kind="secondary" href={`/cases/${line.caseId}/plan/new?meeting=${head.id}`}>
            {t('meetings.plan.add')}
          </ButtonLink>
        </p>
      ) : null}
      {data.approval ? <ApprovalLine t={t} caseId={line.caseId} standing={data.approval} /> : null}
      <h2>{t('meetings.live.told')}</h2>
      <Others t={t} told={data.told} pledge={data.pledged ? null : meetingHref(head.id, 'pledge')} />
      {data.pledged ? <Decided page={page} /> : null}
    </>
  )
}

function Decided({ page }: { page: Page }) {
  const { t, data } = page
  const { head, decision, line } = data
  if (!head.leads || head.phase !== 'sitting') {
    if (!decision) return null
    return (
      <section class="tv-card">
        <h2>{t('meetings.live.decision')}</h2>
        <p>{decision.words}</p>
        <p class="tv-quiet">{t('meetings.research.because', { reason: decision.reason })}</p>
      </section>
    )
  }
  return (
    <section>
      <h2>{t('meetings.live.decision')}</h2>
      <Form page={page} draft={page.path}>
        <KeptNow
          page={page}
          of={Decide}
          version={decision?.id ?? null}
          kept={{ words: decision?.words, reason: decision?.reason }}
        />
        <Field page={page} of={Decide} name="outcome" value={line.outcome} />
        <Field page={page} of={Decide} name="words" rows={3} value={decision?.words} />
        <Field page={page} of={Decide} name="reason" rows={2} value={decision?.reason} />
        <Button>{t(data.after ? 'meetings.live.saveNext' : 'meetings.live.save')}</Button>
      </Form>
    </section>
  )
}

// In writing nobody is there: what counts is who has answered.
export const beginAction = action(beginMeeting, ({ head }) =>
  head.mode === 'closing'
    ? { to: meetingHref(head.id, 'research'), said: 'meetings.live.begunClosing' }
    : { to: meetingHref(head.id, 'attendance'), said: 'meetings.live.begun' },
)
export const endMeetingAction = action(endMeeting, ({ head }) => ({
  to: meetingHref(head.id),
  said: 'meetings.live.ended',
}))
