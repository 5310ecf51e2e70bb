// Who was let into which case, who waits for a second person, and what is still to be judged?
import { fresh } from '../../access/fresh.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant, formatTime } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { nameThen } from '../../i18n/names.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { askGlass } from './ask.server.ts'
import { AnswerGlass, type OwnGlass, ReviewGlass, type WatchedGlass } from './glass.ts'
import {
  answerGlass,
  type GlassFacts,
  listGlass,
  type Month,
  openWatched,
  reviewGlass,
  type Watched,
} from './watch.server.ts'

type Props = { page: PageContext<GlassFacts> }

export const glassPage = get(listGlass, {
  title: 'cases.glass.title',
  body: (page) => {
    const { t, data, can } = page
    return (
      <>
        <h1>{t('cases.glass.title')}</h1>
        <p class="tv-lead">{t(can(askGlass) ? 'cases.glass.lead' : 'cases.glass.leadWatch')}</p>
        {can(askGlass) ? <Mine page={page} /> : null}
        {can(answerGlass) || can(reviewGlass) ? <Others page={page} /> : null}
        {data.months ? <Months t={t} months={data.months} /> : null}
      </>
    )
  },
})

const ownKinds: Record<OwnGlass['answer'], TagKind> = {
  waits: 'wait',
  refused: 'danger',
  unanswered: 'neutral',
  opened: 'ok',
}

function Mine({ page: { t, data } }: Props) {
  return (
    <>
      <ButtonLink href="/break-glass/new" kind="danger">
        {t('cases.glass.ask')}
      </ButtonLink>
      <h2>{t('cases.glass.mine')}</h2>
      <Table<OwnGlass>
        caption={t('cases.glass.mine')}
        captionLook="hidden"
        rows={data.mine}
        empty={<p>{t('cases.glass.mineNone')}</p>}
        columns={[
          {
            name: t('cases.glass.number'),
            nowrap: true,
            cell: (one) => (one.caseId ? <a href={`/break-glass/${one.id}`}>{one.number}</a> : one.number),
          },
          { name: t('cases.glass.ground'), cell: (one) => t(`cases.glass.ground.${one.reason}`) },
          { name: t('cases.glass.askedAt'), cell: (one) => formatInstant(one.askedAt) },
          { name: t('cases.glass.state'), cell: (one) => <OwnState t={t} one={one} /> },
        ]}
      />
    </>
  )
}

function OwnState({ t, one }: { t: T; one: OwnGlass }) {
  if (one.answer === 'opened' && one.until)
    return one.over ? (
      <>
        {t('cases.glass.over')}
        {one.outcome ? `. ${t(`cases.glass.outcome.${one.outcome}`)}` : ''}
      </>
    ) : (
      <Tag kind="danger">{t('cases.glass.openUntil', { time: formatTime(one.until) })}</Tag>
    )
  return <Tag kind={ownKinds[one.answer]}>{t(`cases.glass.answered.${one.answer}`)}</Tag>
}

const kinds: Record<WatchedGlass['state'], TagKind> = {
  ...{
    waits: 'wait',
    unanswered: 'neutral',
    refused: 'neutral',
    open: 'danger',
    'to-review': 'attention',
    late: 'danger',
  },
  ...{ justified: 'ok', unjustified: 'danger', talk: 'attention' },
}

const StateTag = ({ t, one }: { t: T; one: WatchedGlass }) => (
  <Tag kind={kinds[one.state]}>{t(`cases.glass.state.${one.state}`)}</Tag>
)

const addressOf = (one: WatchedGlass) => `/break-glass/${one.id}/${one.mayAnswer ? 'answer' : 'review'}`

function Others({ page: { t, data } }: Props) {
  return (
    <>
      <h2>{t('cases.glass.others')}</h2>
      <Table<WatchedGlass>
        caption={t('cases.glass.others')}
        captionLook="hidden"
        rows={data.others}
        empty={<p>{t('cases.glass.othersNone')}</p>}
        columns={[
          {
            name: t('cases.glass.who'),
            cell: (one) => <a href={addressOf(one)}>{nameThen(t, one.person, one.personThen)}</a>,
          },
          { name: t('cases.glass.number'), nowrap: true, cell: (one) => one.number },
          { name: t('cases.glass.ground'), cell: (one) => t(`cases.glass.ground.${one.reason}`) },
          { name: t('cases.glass.askedAt'), cell: (one) => formatInstant(one.askedAt) },
          { name: t('cases.glass.state'), cell: (one) => <StateTag t={t} one={one} /> },
        ]}
      />
    </>
  )
}

function Months({ t, months }: { t: T; months: readonly Month[] }) {
  return (
    <>
      <h2>{t('cases.glass.months')}</h2>
      <p>{t('cases.glass.monthsLead')}</p>
      <Table<Month>
        caption={t('cases.glass.months')}
        captionLook="hidden"
        phone="scroll"
        rows={months}
        empty={<p>{t('cases.glass.monthsNone')}</p>}
        columns={[
          { name: t('cases.glass.month'), nowrap: true, cell: (one) => one.month.split('-').toReversed().join('.') },
          { name: t('cases.glass.uses'), number: true, cell: (one) => one.opened },
          { name: t('cases.glass.inDanger'), number: true, cell: (one) => one.danger },
          { name: t('cases.glass.outcome.unjustified'), number: true, cell: (one) => one.unjustified },
          { name: t('cases.glass.lateReviews'), number: true, cell: (one) => one.late },
        ]}
      />
    </>
  )
}

function About({ page: { t, data } }: { page: PageContext<Watched> }) {
  const { glass } = data
  return (
    <>
      <BackLink href="/break-glass">{t('cases.glass.title')}</BackLink>
      <h1>{t('cases.glass.one', { person: nameThen(t, glass.person, glass.personThen), number: glass.number })}</h1>
      <p>
        <StateTag t={t} one={glass} />
      </p>
      <Summary
        rows={[
          { name: t('cases.glass.network'), value: glass.network },
          { name: t('cases.glass.ground'), value: t(`cases.glass.ground.${glass.reason}`) },
          { name: t('cases.glass.words'), value: data.words ?? t('safekeeping.erased') },
          { name: t('cases.glass.askedAt'), value: formatInstant(glass.askedAt) },
          glass.openedAt ? { name: t('cases.glass.openedAt'), value: formatInstant(glass.openedAt) } : null,
          glass.secondBy
            ? { name: t('cases.glass.secondBy'), value: nameThen(t, glass.secondBy, glass.secondThen) }
            : null,
          glass.openedAt ? { name: t('cases.glass.reviewDueOn'), value: formatDate(glass.reviewDueOn) } : null,
          data.glass.reviewedBy
            ? { name: t('cases.glass.reviewedBy'), value: nameThen(t, data.glass.reviewedBy, data.glass.reviewedThen) }
            : null,
          data.glass.reviewedBy
            ? { name: t('cases.glass.review'), value: data.review ?? t('safekeeping.erased') }
            : null,
        ]}
      />
    </>
  )
}

export const answerGlassPage = fresh(
  form(
    openWatched,
    answerGlass,
    {
      title: 'cases.glass.title',
      body: (page) => (
        <div class="tv-narrow">
          <About page={page} />
          {page.data.glass.mayAnswer ? (
            <Form page={page}>
              <p>{page.t('cases.glass.answerLead')}</p>
              <Field page={page} of={AnswerGlass} name="answer" />
              <Button>{page.t('cases.glass.answerDo')}</Button>
            </Form>
          ) : null}
        </div>
      ),
    },
    () => ({ to: '/break-glass', said: 'cases.glass.answerDone' }),
  ),
)

export const reviewGlassPage = get(openWatched, {
  title: 'cases.glass.title',
  body: (page) => (
    <div class="tv-narrow">
      <About page={page} />
      {page.data.glass.mayReview ? (
        <ButtonLink href={`/break-glass/${page.data.glass.id}/judge`}>{page.t('cases.glass.judge')}</ButtonLink>
      ) : null}
    </div>
  ),
})

export const judgeGlassPage = fresh(
  form(
    openWatched,
    reviewGlass,
    {
      title: 'cases.glass.title',
      body: (page) => (
        <div class="tv-narrow">
          <About page={page} />
          <p>
            <a href={`/audit?number=${page.data.glass.number}`}>{page.t('cases.glass.seeLog')}</a>
          </p>
          <Form page={page}>
            <Field page={page} of={ReviewGlass} name="outcome" />
            <Field page={page} of={ReviewGlass} name="words" />
            <Button>{page.t('cases.glass.judge')}</Button>
          </Form>
        </div>
      ),
    },
    () => ({ to: '/break-glass', said: 'cases.glass.judged' }),
  ),
)
