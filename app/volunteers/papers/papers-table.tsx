// Which papers does a volunteer have, what do they prove today, and what was written before?
import type { PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import type { Opened } from '../profile/profile.server.ts'
import { type EvidenceState, evidenceKinds, validUntil } from '../volunteer.ts'

type Props = { page: PageContext<Opened>; may: boolean }
type Paper = Opened['papers'][number]

export const stateKinds: Record<EvidenceState['state'], TagKind> = {
  ...{ valid: 'ok', soon: 'attention', lapsed: 'danger', failed: 'danger', notYet: 'wait', missing: 'danger' },
}

/** One row a kind with what holds today; below it, folded, every line that was ever written. */
export function Papers({ page, may }: Props) {
  const { t, data } = page
  const rows = evidenceKinds.map((kind) => data.standing.papers[kind])
  return (
    <>
      <h2>{t('volunteers.evidence.title')}</h2>
      {may ? (
        <p>
          <a href={`/volunteers/${data.id}/papers`}>{t('volunteers.evidence.papers')}</a>
        </p>
      ) : null}
      <Table
        caption={t('volunteers.evidence.title')}
        captionLook="hidden"
        columns={nowColumns(t, data, may)}
        rows={rows}
        empty=""
      />
      {data.papers.length > 0 ? (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">
              {t('volunteers.evidence.all', { count: data.papers.length })}
            </span>
          </summary>
          <div class="govuk-details__text">
            <Table
              caption={t('volunteers.evidence.allTitle')}
              captionLook="s"
              columns={allColumns(t, data, may)}
              rows={data.papers}
              empty=""
            />
          </div>
        </details>
      ) : null}
    </>
  )
}

function nowColumns(t: T, data: Opened, may: boolean): Column<EvidenceState>[] {
  const needed = (row: EvidenceState) => data.standing.needed.includes(row.kind)
  const columns: Column<EvidenceState>[] = [
    { name: t('volunteers.evidence.kind'), cell: (row) => t(`volunteers.evidence.${row.kind}`) },
    {
      name: t('volunteers.evidence.state'),
      cell: (row) =>
        row.state === 'missing' && !needed(row) ? (
          <Tag>{t(data.childContact === null ? 'volunteers.children.undecided' : 'volunteers.evidence.notNeeded')}</Tag>
        ) : (
          <>
            <Tag kind={stateKinds[row.state]}>{t(`volunteers.evidence.state.${row.state}`)}</Tag>
            {row.kind === 'background' && needed(row) && data.childContact !== true ? (
              <div class="tv-quiet">{t('volunteers.evidence.neededNow')}</div>
            ) : null}
          </>
        ),
    },
    { name: t('volunteers.evidence.from'), cell: (row) => (row.from ? formatDate(row.from) : '') },
    { name: t('volunteers.evidence.until'), cell: (row) => untilWords(t, row) },
  ]
  if (!may) return columns
  const add = (row: EvidenceState) => (
    <a href={`/volunteers/${data.id}/evidence/${row.kind}/new`}>{t(`volunteers.evidence.add.${row.kind}`)}</a>
  )
  return [...columns, { name: t('volunteers.evidence.action'), silent: true, cell: add }]
}

function untilWords(t: T, { state, until }: EvidenceState): string {
  if (state === 'missing' || state === 'failed') return ''
  return until ? formatDate(until) : t('volunteers.evidence.noEnd')
}

function allColumns(t: T, data: Opened, may: boolean): Column<Paper>[] {
  const columns: Column<Paper>[] = [
    { name: t('volunteers.evidence.kind'), cell: (paper) => t(`volunteers.evidence.${paper.kind}`) },
    { name: t('volunteers.evidence.validity'), cell: (paper) => validity(t, data, paper) },
    { name: t('volunteers.evidence.result'), cell: (paper) => result(t, paper) },
    {
      name: t('volunteers.evidence.recorded'),
      cell: (paper) => [formatDate(paper.recordedAt), paper.recordedBy].filter(Boolean).join(', '),
    },
    {
      name: t('volunteers.evidence.state'),
      cell: (paper) =>
        paper.supersededAt
          ? t('volunteers.evidence.superseded', {
              date: formatDate(paper.supersededAt),
              reason: paper.supersededReason ?? '',
            })
          : '',
    },
  ]
  if (!may) return columns
  const correct = (paper: Paper) =>
    paper.superseded ? (
      ''
    ) : (
      <a href={`/volunteers/${data.id}/evidence/${paper.kind}/${paper.id}/correct`}>
        {t('volunteers.evidence.correct')}
        <span class="govuk-visually-hidden">{`: ${t(`volunteers.evidence.${paper.kind}`)} ${formatDate(paper.validFrom)}`}</span>
      </a>
    )
  return [...columns, { name: t('volunteers.evidence.action'), silent: true, cell: correct }]
}

function validity(t: T, { settings }: Opened, paper: Paper): string {
  const until = paper.passed ? validUntil(paper, settings) : null
  const from = formatDate(paper.validFrom)
  return until ? `${from}–${formatDate(until)}` : paper.passed ? t('volunteers.evidence.since', { from }) : from
}

function result(t: T, { kind, passed, checkedBy }: Paper): string {
  if (kind === 'contract' || kind === 'pledge') return t('volunteers.evidence.signed')
  const word = t(passed ? 'volunteers.answer.yes' : 'volunteers.answer.no')
  return checkedBy ? `${word} (${checkedBy})` : word
}
