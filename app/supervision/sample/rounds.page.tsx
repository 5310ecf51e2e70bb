// Which rounds of review has a supervisor, how is one ended, and does the lot hold?
import { Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { type Listed, listRounds } from './list.server.ts'
import { daysOf, Trend } from './result.tsx'
import { endRound, openEnding, openLot } from './rounds.server.ts'

type Answer<Q extends { run: (...args: never[]) => Promise<unknown> }> = Awaited<ReturnType<Q['run']>>
type ListPage = PageContext<Answer<typeof listRounds>>
type EndPage = PageContext<Answer<typeof openEnding>>

export const roundsPage = get(listRounds, { title: 'supervision.sample.tab', body: (page) => <Rounds page={page} /> })

function Rounds({ page }: { page: ListPage }) {
  const { t, data, locale } = page
  return (
    <>
      <BackLink href="/supervision">{t('support.supervision.title')}</BackLink>
      <h1>{t('supervision.sample.tab')}</h1>
      <p class="tv-lead">{t('supervision.sample.lead')}</p>
      <ButtonGroup>
        <ButtonLink href="/supervision/samples/new?scope=own">{t('supervision.sample.new')}</ButtonLink>
        <ButtonLink href="/samples/checklist" kind="secondary">
          {t('supervision.sample.checklist')}
        </ButtonLink>
      </ButtonGroup>
      <Table
        caption={t('supervision.sample.rounds')}
        columns={roundColumns(page)}
        rows={data.rounds}
        empty={<p>{t('supervision.sample.none')}</p>}
      />
      <Trend t={t} locale={locale} rounds={data.ended} at="/supervision/samples" />
    </>
  )
}

function roundColumns({ t, data }: ListPage): Column<Listed>[] {
  return [
    {
      name: t('supervision.sample.days'),
      head: true,
      cell: (round) => <a href={`/supervision/samples/${round.id}`}>{daysOf(round)}</a>,
    },
    {
      name: t('supervision.sample.whose'),
      cell: ({ supervisorId, supervisor }) =>
        supervisorId === null ? t('supervision.sample.country') : supervisor ? supervisor : t('supervision.sample.own'),
    },
    {
      name: t('supervision.sample.mine'),
      cell: ({ given, looked }) => t('supervision.sample.progressShort', { given, looked }),
    },
    {
      name: t('supervision.coverage.state'),
      cell: ({ endedAt, dueOn }) =>
        endedAt ? (
          <Tag kind="ok">{t('supervision.sample.ended', { date: formatDate(isoDate(endedAt)) })}</Tag>
        ) : (
          <Tag kind={dueOn < data.today ? 'attention' : 'wait'}>
            {t('supervision.sample.until', { date: formatDate(dueOn) })}
          </Tag>
        ),
    },
  ]
}

export const endRoundPage = form(
  openEnding,
  endRound,
  { title: 'supervision.sample.tab', body: (page) => <End page={page} /> },
  ({ round }) => ({
    to: round.country ? `/samples/${round.id}` : `/supervision/samples/${round.id}`,
    said: round.country ? 'supervision.sample.countrySoon' : 'supervision.sample.endedNow',
  }),
)

function End({ page }: { page: EndPage }) {
  const { t, data } = page
  const { round, left } = data
  return (
    <div class="tv-narrow">
      <BackLink href={round.supervisorId === null ? `/samples/${round.id}` : `/supervision/samples/${round.id}`}>
        {daysOf(round)}
      </BackLink>
      <h1>{t('supervision.sample.end')}</h1>
      <p class="tv-lead">{t('supervision.sample.endLead')}</p>
      {left > 0 ? <Callout kind="attention">{t('supervision.sample.left', { left })}</Callout> : null}
      <Form page={page}>
        <Button>{t('supervision.sample.end')}</Button>
      </Form>
    </div>
  )
}

type LotPage = PageContext<Answer<typeof openLot>>
type Row = LotPage['data']['lot'][number]

/** The lot, so that anybody can draw it again. */
export const lotPage = get(openLot, { title: 'supervision.sample.tab', body: (page) => <Lot page={page} /> })

function Lot({ page: { t, data } }: { page: LotPage }) {
  const { round, lot, holds } = data
  return (
    <>
      <BackLink href={round.supervisorId === null ? `/samples/${round.id}` : `/supervision/samples/${round.id}`}>
        {daysOf(round)}
      </BackLink>
      <h1>{t('supervision.sample.lot')}</h1>
      <p class="tv-lead">{t('supervision.sample.lotLead')}</p>
      <p>
        {holds ? (
          <Tag kind="ok">{t('supervision.sample.holds')}</Tag>
        ) : (
          <Tag kind="danger">{t('supervision.sample.holdsNot')}</Tag>
        )}
      </p>
      <Summary
        rows={[
          { name: t('supervision.sample.seed'), value: <code>{round.seed}</code> },
          { name: t('supervision.sample.entries'), value: String(round.entries) },
          { name: t('supervision.sample.as.random'), value: String(round.sample) },
          { name: t('supervision.sample.as.flagged'), value: t('supervision.sample.upTo', { count: round.flagged }) },
        ]}
      />
      <Table
        caption={t('supervision.sample.list')}
        columns={lotColumns(t)}
        rows={lot}
        empty={<p>–</p>}
        phone="scroll"
      />
    </>
  )
}

function lotColumns(t: LotPage['t']): Column<Row>[] {
  return [
    { name: t('supervision.sample.ticket'), head: true, cell: ({ ticket }) => <code>{ticket.slice(0, 12)}</code> },
    {
      name: t('supervision.sample.drawnAs'),
      cell: ({ drawnAs }) => (drawnAs ? t(`supervision.sample.as.${drawnAs as 'random'}`) : '–'),
    },
    { name: t('supervision.sample.writer'), number: true, cell: ({ writer }) => writer },
    { name: t('supervision.sample.entryId'), cell: ({ visitId }) => <code>{visitId}</code> },
  ]
}
