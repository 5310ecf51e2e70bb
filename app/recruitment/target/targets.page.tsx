// What have we set out to find or train, how far is it, and what is to be done next?
import { addMonths } from '../../core/calendar/working-days.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { shortCounty } from '../../partners/county.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { Calls } from '../campaign/calls.tsx'
import { callStanding } from '../campaign/campaign.ts'
import { EndTarget, SetTarget, standingOf, stillMissing, type Target } from './target.ts'
import {
  endTarget,
  listTargets,
  openNewTarget,
  openTarget,
  setTarget,
  type TargetDraft,
  type TargetOpened,
  type TargetsFound,
} from './targets.server.ts'
import { howFar, StandingTag, whatText } from './words.tsx'

export const targetsPage = get(listTargets, {
  title: 'recruitment.target.title',
  body: (page) => <Targets page={page} />,
})

function Targets({ page }: { page: PageContext<TargetsFound> }) {
  const { t, data } = page
  return (
    <>
      <BackLink href="/recruitment">{t('recruitment.title')}</BackLink>
      <h1>{t('recruitment.target.title')}</h1>
      <p class="tv-lead">{t('recruitment.target.lead')}</p>
      {page.can(openNewTarget) ? (
        <ButtonGroup>
          <ButtonLink href="/recruitment/targets/new">{t('recruitment.target.set')}</ButtonLink>
          <a href="/coverage">{t('evaluation.coverage.open')}</a>
        </ButtonGroup>
      ) : null}
      <Table
        caption={t('recruitment.target.title')}
        captionLook="hidden"
        columns={[
          {
            name: t('recruitment.target.one'),
            head: true,
            cell: (one: Target) => <a href={`/recruitment/targets/${one.id}`}>{whatText(t, data.counties, one)}</a>,
          },
          { name: t('recruitment.target.byOn'), cell: ({ byOn }) => formatDate(byOn) },
          { name: t('recruitment.target.howFar'), cell: (one) => howFar(t, one) },
          {
            name: t('recruitment.target.standing'),
            cell: (one) => <StandingTag t={t} target={one} today={data.today} />,
          },
        ]}
        rows={data.targets}
        empty={<p>{t('recruitment.target.none')}</p>}
      />
    </>
  )
}

export const newTargetPage = form(
  openNewTarget,
  setTarget,
  {
    title: 'recruitment.target.title',
    body: (page) => <NewTarget page={page} />,
  },
  ({ id }) => ({ to: `/recruitment/targets/${id}`, said: 'recruitment.target.done' }),
)

function NewTarget({ page }: { page: PageContext<TargetDraft> }) {
  const { t, data } = page
  const { given, counties } = data
  const options = counties.map(({ code }) => ({ value: code, label: shortCounty(counties, code) }))
  return (
    <div class="tv-narrow">
      <BackLink href={given.needs ? '/coverage' : '/recruitment/targets'}>
        {t(given.needs ? 'evaluation.coverage.title' : 'recruitment.target.title')}
      </BackLink>
      <h1>{t('recruitment.target.set')}</h1>
      <p class="tv-lead">{t('recruitment.target.setLead')}</p>
      <Form page={page}>
        {(['needs', 'fitting', 'places'] as const).map((name) => {
          const known = page.values[name] ?? given[name]
          return known === undefined ? null : <input type="hidden" name={name} value={String(known)} />
        })}
        <Field page={page} of={SetTarget} name="kind" value={given.as} />
        <Field page={page} of={SetTarget} name="people" value={given.missing} width={3} />
        <Field page={page} of={SetTarget} name="languages" value={given.spoken} />
        <Field page={page} of={SetTarget} name="counties" options={options} value={given.where} />
        <Field page={page} of={SetTarget} name="byOn" value={addMonths(data.today, usualMonths)} />
        <Button>{t('recruitment.target.set')}</Button>
      </Form>
    </div>
  )
}

// From the first call to the first case lie a talk, a check, a training and a contract; a date to begin with, which is theirs to change.
const usualMonths = 3

export const targetPage = form(
  openTarget,
  endTarget,
  {
    title: 'recruitment.target.title',
    body: (page) => <OneTarget page={page} />,
  },
  () => ({ to: '/recruitment/targets', said: 'recruitment.target.endDone' }),
)

function OneTarget({ page }: { page: PageContext<TargetOpened> }) {
  const { t, data } = page
  const { target, today } = data
  const { gap, ended } = target
  return (
    <>
      <BackLink href="/recruitment/targets">{t('recruitment.target.title')}</BackLink>
      <h1>{whatText(t, data.counties, target)}</h1>
      <p>
        <StandingTag t={t} target={target} today={today} />
      </p>
      <Next page={page} />
      <Summary
        rows={[
          { name: t('recruitment.target.howFar'), value: howFar(t, target) },
          {
            name: t('recruitment.target.byOn'),
            value: ended ? formatDate(target.byOn) : `${formatDate(target.byOn)}, ${dueWords(target.byOn, today, t)}`,
          },
          { name: t('recruitment.target.setOn'), value: formatDate(target.setOn) },
          gap && { name: t('recruitment.target.behind'), value: t('recruitment.target.gap', gap) },
          ended && {
            name: t('recruitment.target.ended'),
            value: `${formatDate(ended.on)}, ${t(`recruitment.target.why.${ended.why}`).toLowerCase()}`,
          },
        ]}
      />
      {target.kind === 'recruit' || data.campaigns.length > 0 ? (
        <>
          <h2>{t('recruitment.target.calls')}</h2>
          <Calls t={t} found={data} empty={t('recruitment.target.noCall')} />
        </>
      ) : null}
      {ended || !page.can(endTarget) ? null : <End page={page} />}
    </>
  )
}

/** The one thing that brings it on, said first. */
function Next({ page: { t, data, can } }: { page: PageContext<TargetOpened> }) {
  const { target, today, campaigns } = data
  const standing = standingOf(target, today)
  if (standing === 'ended' || !can(endTarget)) return null
  if (standing === 'reached')
    return (
      <Callout>
        <p>{t('recruitment.target.full')}</p>
      </Callout>
    )
  const running = campaigns.some((one) => callStanding(one, today) === 'runs')
  const [key, href, words] =
    target.kind === 'train'
      ? (['recruitment.target.next.train', '/volunteers?status=training', 'recruitment.target.do.train'] as const)
      : running || target.coming >= stillMissing(target)
        ? (['recruitment.target.next.onTheWay', '/recruitment', 'recruitment.target.do.onTheWay'] as const)
        : ([
            'recruitment.target.next.call',
            `/recruitment/campaigns/new?target=${target.id}`,
            'recruitment.target.do.call',
          ] as const)
  return (
    <Callout
      kind={standing === 'late' ? 'attention' : 'note'}
      title={t(key, { missing: stillMissing(target), coming: target.coming })}
    >
      <ButtonLink href={href}>{t(words)}</ButtonLink>
    </Callout>
  )
}

function End({ page }: { page: PageContext<TargetOpened> }) {
  return (
    <section>
      <h2>{page.t('recruitment.target.end')}</h2>
      <Form page={page}>
        <Field page={page} of={EndTarget} name="why" />
        <Button kind="secondary">{page.t('recruitment.target.end')}</Button>
      </Form>
    </section>
  )
}
