// What is worth a second look, why, and was there a good reason for it?
import { fresh } from '../../access/fresh.ts'
import { now } from '../../core/clock.server.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant, formatTime, isoDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { Events } from '../events.tsx'
import { listBaits } from './baits.server.ts'
import { judgeFinding, listFindings, type OpenedFinding, openFinding } from './findings.server.ts'
import { type Finding, holdsUp, JudgeFinding, type Judgement, type Tally, tellWithinHours } from './watch.ts'

const kinds: Record<Judgement, TagKind> = { explained: 'ok', incident: 'danger' }

const when = ({ fromAt, toAt }: Finding): string =>
  isoDate(fromAt) === isoDate(toAt)
    ? `${formatDate(isoDate(fromAt))}, ${[...new Set([formatTime(fromAt), formatTime(toAt)])].join('–')}`
    : `${formatInstant(fromAt)} – ${formatInstant(toAt)}`

const what = (t: T, { rule, count, usual }: Finding): string =>
  t(rule === 'volume' && usual !== null ? 'audit.watch.found.volumeUsual' : `audit.watch.found.${rule}`, {
    count,
    usual: usual ?? 0,
  })

export const watchPage = get(listFindings, {
  title: 'audit.watch.title',
  body: ({ t, data, can }) => (
    <>
      <h1>{t('audit.watch.title')}</h1>
      <p class="tv-lead">{t('audit.watch.lead')}</p>
      {data.silent ? (
        <Callout kind="attention" title={t('audit.watch.silent')}>
          <p>
            {data.lastRound
              ? t('audit.watch.lastRound', { at: formatInstant(data.lastRound) })
              : t('audit.watch.noRound')}
          </p>
        </Callout>
      ) : null}
      <Findings t={t} caption={t('audit.watch.open')} rows={data.open} empty={t('audit.watch.none')} />
      <Tallies t={t} rows={data.tally} />
      {data.judged.length ? <Findings t={t} caption={t('audit.watch.judged')} rows={data.judged} empty="" /> : null}
      {data.lastRound && !data.silent ? (
        <p class="tv-quiet">{t('audit.watch.lastRound', { at: formatInstant(data.lastRound) })}</p>
      ) : null}
      {can(listBaits) ? (
        <p>
          <a href="/watch/baits">{t('audit.bait.title')}</a>
        </p>
      ) : null}
    </>
  ),
})

function Findings({ t, caption, rows, empty }: { t: T; caption: string; rows: Finding[]; empty: string }) {
  const judged = rows.some(({ judgement }) => judgement)
  return (
    <Table<Finding>
      caption={caption}
      rows={rows}
      empty={<p>{empty}</p>}
      columns={[
        {
          name: t('audit.watch.what'),
          cell: (row) => <a href={`/watch/${row.id}`}>{t(`audit.watch.rule.${row.rule}`)}</a>,
        },
        { name: t('audit.watch.who'), cell: (row) => row.person },
        { name: t('audit.watch.number'), nowrap: true, cell: (row) => row.number ?? '' },
        { name: t('audit.watch.details'), cell: (row) => what(t, row) },
        { name: t('audit.watch.when'), cell: (row) => when(row) },
        ...(judged ? [{ name: t('audit.watch.outcome'), cell: (row: Finding) => <Outcome t={t} of={row} /> }] : []),
      ]}
    />
  )
}

const Outcome = ({ t, of: { judgement } }: { t: T; of: Finding }) =>
  judgement ? <Tag kind={kinds[judgement]}>{t(`audit.watch.judgement.${judgement}`)}</Tag> : null

function Tallies({ t, rows }: { t: T; rows: Tally[] }) {
  if (rows.length === 0) return null
  return (
    <Table<Tally>
      caption={t('audit.watch.tally')}
      rows={rows}
      empty={null}
      columns={[
        { name: t('audit.watch.what'), cell: (row) => t(`audit.watch.rule.${row.rule}`) },
        { name: t('audit.watch.foundCount'), number: true, cell: (row) => row.found },
        { name: t('audit.watch.judgement.explained'), number: true, cell: (row) => row.explained },
        { name: t('audit.watch.judgement.incident'), number: true, cell: (row) => row.incidents },
        {
          name: t('audit.watch.waits'),
          number: true,
          cell: (row) => row.found - row.explained - row.incidents,
        },
      ]}
    />
  )
}

const titleOf = (t: T, { rule, person }: Finding) =>
  t('audit.watch.one', { person, rule: t(`audit.watch.rule.${rule}`).toLowerCase() })

export const findingPage = get(openFinding, {
  title: 'audit.watch.title',
  body: ({ t, data, can }) => {
    const { finding, words } = data
    return (
      <>
        <BackLink href="/watch">{t('audit.watch.title')}</BackLink>
        <h1>{titleOf(t, finding)}</h1>
        <Held t={t} finding={finding} />
        <Facts t={t} data={data} />
        {finding.judgement === null && can(judgeFinding) ? (
          <ButtonLink href={`/watch/${finding.id}/judge`}>{t('audit.watch.judge')}</ButtonLink>
        ) : null}
        {finding.judgement ? (
          <Callout
            kind={finding.judgement === 'incident' ? 'attention' : undefined}
            title={t(`audit.watch.judgement.${finding.judgement}`)}
          >
            <p class="tv-written">{words ?? t('safekeeping.erased')}</p>
            <p class="tv-quiet">{`${finding.judgedBy ?? ''}, ${finding.judgedAt ? formatInstant(finding.judgedAt) : ''}`}</p>
            {finding.judgement === 'incident' && finding.judgedAt ? (
              <p>{t('audit.watch.tell', { until: formatInstant(tellUntil(finding.judgedAt)) })}</p>
            ) : null}
          </Callout>
        ) : null}
        {new Set(data.events.map(({ at }) => isoDate(at))).size > 1 ? <h2>{t('audit.watch.events')}</h2> : null}
        <Events t={t} events={data.events} caption={t('audit.watch.events')} />
      </>
    )
  },
})

function Held({ t, finding }: { t: T; finding: Finding }) {
  if (!finding.stopsUntil || !holdsUp(finding, now())) return null
  return (
    <Callout kind="attention" title={t('audit.bait.stopped')}>
      <p>{t('audit.bait.stoppedUntil', { until: formatInstant(finding.stopsUntil) })}</p>
    </Callout>
  )
}

const tellUntil = (from: Date): Date => new Date(from.getTime() + tellWithinHours * 3_600_000)

function Facts({ t, data: { finding, former } }: { t: T; data: OpenedFinding }) {
  return (
    <Summary
      rows={[
        {
          name: t('audit.watch.details'),
          value: what(t, finding),
          hint: t(`audit.watch.meaning.${finding.rule}`),
        },
        former.length > 0 ? { name: t('audit.watch.former'), value: former.map(({ name }) => name).join(', ') } : null,
        finding.number ? { name: t('audit.watch.number'), value: finding.number } : null,
        finding.network ? { name: t('audit.watch.network'), value: finding.network } : null,
        { name: t('audit.watch.when'), value: when(finding) },
        { name: t('audit.watch.foundAt'), value: formatInstant(finding.foundAt) },
      ]}
    />
  )
}

export const judgeFindingPage = fresh(
  form(
    openFinding,
    judgeFinding,
    {
      title: 'audit.watch.title',
      body: (page) => <Judge page={page} />,
    },
    (_done, { id }) => ({ to: `/watch/${id}`, said: 'audit.watch.saved' }),
  ),
)

function Judge({ page }: { page: PageContext<OpenedFinding> }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/watch/${data.finding.id}`}>{t('audit.watch.back')}</BackLink>
      <h1>{titleOf(t, data.finding)}</h1>
      <Held t={t} finding={data.finding} />
      <Facts t={t} data={data} />
      <Form page={page}>
        <Field page={page} of={JudgeFinding} name="judgement" />
        <Field page={page} of={JudgeFinding} name="words" />
        <Button>{t('audit.watch.save')}</Button>
      </Form>
    </div>
  )
}
