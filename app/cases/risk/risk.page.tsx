// How high is the risk of this case, on which grounds, and how did it change?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary, SummaryCard, type SummaryRow } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { CaseFrame, caseHref, RiskTag } from '../frame.tsx'
import { listAssessments, openAssessment } from './assessments.server.ts'
import { tally, wording } from './instrument.ts'
import { groundsOf } from './risk.ts'
import { Trend } from './trend.tsx'

type RiskData = Awaited<ReturnType<(typeof listAssessments)['run']>>
type One = RiskData['assessments'][number]
type Opened = Awaited<ReturnType<(typeof openAssessment)['run']>>

export const riskPage = get(listAssessments, {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    const { head } = data
    const draft = data.assessments.find((one) => one.state === 'draft')
    const latest = data.assessments.find((one) => one.state !== 'draft' && one.supersededAt === null)
    return (
      <CaseFrame page={page} head={head} tab="risk">
        {draft ? <Draft page={page} draft={draft} /> : null}
        {latest ? (
          <SummaryCard
            title={t('cases.risk.latest', { date: formatDate(latest.madeOn) })}
            rows={criteriaRows(page, latest)}
          />
        ) : (
          <p>{t('cases.risk.noneYet')}</p>
        )}
        {head.writes ? (
          <ButtonGroup>
            {draft ? null : <ButtonLink href={`/cases/${head.id}/assess`}>{t('cases.do.assess')}</ButtonLink>}
            <ButtonLink kind="secondary" href={`/cases/${head.id}/incident`}>
              {t('cases.incident.title')}
            </ButtonLink>
          </ButtonGroup>
        ) : null}
        <Trend page={page} />
        {data.incidents.length > 0 ? <Incidents page={page} /> : null}
        {data.assessments.length > (draft ? 1 : 0) ? <History page={page} /> : null}
      </CaseFrame>
    )
  },
})

function Draft({ page, draft }: { page: PageContext<RiskData>; draft: One }) {
  const { t, data, me } = page
  const mine = draft.assessorId === me.id
  return (
    <Callout kind="attention" title={t('cases.risk.draft')}>
      <p>
        {t(mine ? 'cases.risk.draftMine' : 'cases.risk.draftOf', {
          date: formatDate(draft.madeOn),
          who: draft.assessor ?? '–',
        })}
      </p>
      {data.head.writes ? (
        <ButtonLink href={`/cases/${data.head.id}/assess`}>{t('cases.do.finish-draft')}</ButtonLink>
      ) : null}
    </Callout>
  )
}

/** The four criteria, each in its own line, whether or not it holds. */
function criteriaRows({ t, data }: PageContext<RiskData>, of: One): (SummaryRow | null)[] {
  const holds = (yes: boolean, words: string) => (
    <>
      <Tag kind={yes ? 'danger' : 'neutral'}>{t(yes ? 'cases.ground.holds' : 'cases.ground.not')}</Tag> {words}
    </>
  )
  const callouts =
    of.callouts === null ? t('cases.ground.calloutsUnknown') : t('cases.ground.callouts', { count: of.callouts })
  const fourth = [of.byCritical && t('cases.ground.critical'), of.byRepeat && t('cases.ground.repeat')]
    .filter(Boolean)
    .join(', ')
  // An incident brings it nearer than the assessment itself had said.
  const next = data.head.tasks.find((task) => task.kind === 'assess-again')?.dueOn ?? of.nextReviewOn
  const change =
    data.head.writes && of.state === 'final'
      ? [{ href: `/cases/${data.head.id}/assess?corrects=${of.id}`, text: t('cases.risk.correct') }]
      : undefined
  return [
    { name: t('cases.risk.level'), value: <RiskTag t={t} level={of.level} />, actions: change },
    {
      name: t('cases.ground.count'),
      value: holds(of.byCount, t('cases.ground.countOf', { count: of.yesCount, high: of.highFrom })),
    },
    { name: t('cases.ground.judgement'), value: holds(of.byJudgement, of.judgementReason ?? '') },
    { name: t('cases.ground.escalation'), value: holds(of.byEscalation, callouts) },
    { name: t('cases.ground.criticalOrRepeat'), value: holds(of.byCritical || of.byRepeat, fourth) },
    {
      name: t('cases.assess.assessor'),
      value: of.state === 'imported' ? t('cases.risk.imported') : (of.assessor ?? '–'),
    },
    next ? { name: t('cases.risk.nextReview'), value: formatDate(next) } : null,
  ]
}

/** What has happened since, in the network's own words. */
function Incidents({ page: { t, data } }: { page: PageContext<RiskData> }) {
  return (
    <Table
      caption={t('cases.incident.list')}
      rows={data.incidents}
      empty={null}
      columns={[
        { name: t('cases.incident.on'), cell: (one) => <span class="tv-nowrap">{formatDate(one.onDate)}</span> },
        { name: t('cases.incident.kind'), cell: (one) => t(`cases.incident.kind.${one.kind}`), head: true },
        { name: t('cases.incident.policeShort'), cell: (one) => t(`cases.answer.${one.police as 'yes'}`) },
        { name: t('cases.incident.words'), cell: (one) => <span class="tv-words">{one.words ?? '–'}</span> },
        { name: t('cases.incident.by'), cell: (one) => one.by ?? '–' },
      ]}
    />
  )
}

function History({ page }: { page: PageContext<RiskData> }) {
  const { t, data } = page
  const { head } = data
  const done = data.assessments.filter((one) => one.state !== 'draft')
  return (
    <Table
      caption={t('cases.risk.history')}
      rows={done}
      empty={<p>{t('cases.risk.noneYet')}</p>}
      columns={[
        {
          name: t('cases.assess.madeOn'),
          cell: (one) =>
            head.own && one.state === 'final' ? (
              <a href={`/cases/${head.id}/risk/${one.id}`}>{formatDate(one.madeOn)}</a>
            ) : (
              formatDate(one.madeOn)
            ),
        },
        { name: t('cases.risk.level'), cell: (one) => <RiskTag t={t} level={one.level} /> },
        { name: t('cases.ground.count'), cell: (one) => one.yesCount, number: true },
        { name: t('cases.risk.grounds'), cell: (one) => groundWords(t, one) },
        {
          name: t('cases.assess.assessor'),
          cell: (one) => (one.state === 'imported' ? t('cases.risk.imported') : (one.assessor ?? '–')),
        },
        {
          name: t('cases.risk.state'),
          cell: (one) => (one.supersededAt ? t('cases.risk.superseded') : t('cases.risk.inForce')),
        },
      ]}
    />
  )
}

const groundWords = (t: T, of: One): string =>
  groundsOf(of)
    .map((ground) => t(`cases.ground.${ground}`).toLowerCase())
    .join(', ') || '–'

/** One assessment as it was made: every question in its own wording, with the answer. */
export const assessmentPage = get(openAssessment, {
  title: 'cases.title.assessment',
  body: ({ t, locale, data }) => {
    const { head, assessment, instrument } = data
    const counted = tally(instrument.questions, assessment.answers ?? {})
    return (
      <>
        <BackLink href={caseHref(head.id, 'risk')}>{head.number}</BackLink>
        <h1>{t('cases.risk.assessmentOf', { date: formatDate(assessment.madeOn) })}</h1>
        <p class="tv-lead">
          {t('cases.assess.form', { name: instrument.name, version: instrument.version })} ·{' '}
          {t('cases.risk.tally', { yes: counted.yesCount, unknown: counted.unknownCount })}
        </p>
        <Summary rows={aboutRows(t, assessment)} />
        <Table
          caption={t('cases.assess.questions')}
          rows={instrument.questions}
          empty={<p>–</p>}
          columns={[
            { name: t('cases.risk.question'), cell: (question) => wording(question, locale) },
            {
              name: t('cases.risk.answer'),
              cell: (question) => t(`cases.answer.${assessment.answers?.[question.id] ?? 'unknown'}`),
            },
          ]}
        />
      </>
    )
  },
})

function aboutRows(t: T, of: Opened['assessment']): (SummaryRow | null)[] {
  return [
    { name: t('cases.risk.level'), value: <RiskTag t={t} level={of.level} /> },
    {
      name: t('cases.assess.assessor'),
      value: of.assessor ?? '–',
      hint: of.assessorTrainedOn ? t('cases.risk.trainedOn', { date: formatDate(of.assessorTrainedOn) }) : undefined,
    },
    { name: t('cases.assess.withVictim'), value: t(of.withVictim ? 'cases.answer.yes' : 'cases.answer.no') },
    of.judgementReason ? { name: t('cases.assess.judgementReason'), value: of.judgementReason } : null,
    of.correctionReason ? { name: t('cases.assess.correctionReason'), value: of.correctionReason } : null,
  ]
}
