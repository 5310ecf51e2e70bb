// How much of each sheet was understood, in one sentence a sheet?
import type { T } from '../../i18n/i18n.ts'
import { Callout } from '../../ui/panel.tsx'
import type { Plan, PlannedSheet } from '../batch/plan.ts'
import type { Preview } from '../preview.ts'

type Props = { t: T; id: string; waiting: { plan: Plan; preview: Preview } }

/** The counts first; what is odd about a sheet as a whole stands below its sentence. */
export function Overview({ t, waiting: { plan, preview } }: Props) {
  const rows = plan.sheets.flatMap((sheet) => sheet.rows)
  const known = rows.filter(({ fate }) => fate === 'known').length
  const refused = rows.filter(({ fate }) => fate === 'refused').length
  const allKnown = known > 0 && rows.every(({ fate }) => ['known', 'same', 'refused'].includes(fate))
  return (
    <>
      {allKnown ? (
        <Callout title={t('imports.summary.allKnown', { refused })}>
          <p>{t('imports.summary.allKnownText')}</p>
        </Callout>
      ) : null}
      <h2>{t('imports.summary.title')}</h2>
      {plan.sheets.map((sheet, place) => (
        <Sentence t={t} sheet={sheet} read={preview.sheets[place]} />
      ))}
      {preview.ignoredSheets.length > 0 ? (
        <p>{t('imports.summary.ignoredSheets', { sheets: preview.ignoredSheets.join(', ') })}</p>
      ) : null}
    </>
  )
}

function Sentence({ t, sheet, read }: { t: T; sheet: PlannedSheet; read: Preview['sheets'][number] | undefined }) {
  const { totals, rows, kind, name } = sheet
  const { accepted, normalised, duplicate, refused, known } = totals
  const totalRow = read?.skipped.find((row) => row.why === 'total')
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <p>
        <strong>{t(`imports.summary.${kind}`, { rows: rows.length })}</strong>{' '}
        {t('imports.summary.counts', { accepted, normalised, duplicate, refused })}
      </p>
      {known > 0 ? <p>{t('imports.summary.known', { known })}</p> : null}
      {read && read.missing.length > 0 ? (
        <Callout kind="attention" title={name}>
          <p>{t('imports.problem.columns', { columns: read.missing.join(', ') })}</p>
        </Callout>
      ) : null}
      {read && read.ignoredColumns.length > 0 ? (
        <p class="tv-quiet">{t('imports.summary.ignoredColumns', { columns: read.ignoredColumns.join(', ') })}</p>
      ) : null}
      {totalRow ? (
        <p class="tv-quiet">{t('imports.summary.totalRow', { row: totalRow.row, text: totalRow.text })}</p>
      ) : null}
    </section>
  )
}
