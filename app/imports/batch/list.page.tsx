// Where does a workbook come in, and which ones came before?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { fingerprint, type State } from './batch.ts'
import { listBatches, UploadWorkbook, uploadWorkbook } from './upload.server.ts'

type Data = Awaited<ReturnType<typeof listBatches.run>>
type Batch = Data[number]

export const importsPage = form(
  listBatches,
  uploadWorkbook,
  { title: 'imports.tab', body: (page) => <Imports page={page} /> },
  ({ id }) => `/imports/${id}`,
)

function Imports({ page }: { page: PageContext<Data> }) {
  const { t, data } = page
  return (
    <>
      <h1>{t('imports.list.title')}</h1>
      <p class="tv-lead">{t('imports.list.lead')}</p>
      <Form page={page} files>
        <Field page={page} of={UploadWorkbook} name="file" />
        <Button>{t('imports.upload.action')}</Button>
      </Form>
      <Table
        caption={t('imports.list.earlier')}
        columns={columns(t)}
        rows={data}
        empty={<p>{t('imports.list.empty')}</p>}
      />
    </>
  )
}

const kinds: Record<State, TagKind> = { previewed: 'wait', committed: 'ok', discarded: 'neutral' }

function columns(t: T): Column<Batch>[] {
  return [
    {
      name: t('imports.list.when'),
      head: true,
      cell: ({ id, madeAt }) => <a href={`/imports/${id}`}>{formatInstant(madeAt)}</a>,
    },
    { name: t('imports.list.print'), cell: ({ sha256 }) => <span class="tv-number">{fingerprint(sha256)}</span> },
    { name: t('imports.list.counts'), cell: (batch) => <Counted t={t} batch={batch} /> },
    {
      name: t('imports.list.state'),
      cell: ({ state }) => <Tag kind={kinds[state]}>{t(`imports.state.${state}`)}</Tag>,
    },
  ]
}

function Counted({ t, batch: { counts } }: { t: T; batch: Batch }) {
  const sum = (pick: (sheet: Batch['counts']['sheets'][number]) => number) =>
    counts.sheets.reduce((all, sheet) => all + pick(sheet), 0)
  const rows = sum((sheet) => sheet.accepted + sheet.normalised + sheet.duplicate + sheet.refused)
  const { made } = counts
  return (
    <>
      {t('imports.list.rows', {
        rows,
        refused: sum((sheet) => sheet.refused),
        duplicate: sum((sheet) => sheet.duplicate),
      })}
      {made ? (
        <div class="tv-quiet">{t('imports.list.made', { count: made.volunteers + made.needs + made.hours })}</div>
      ) : null}
    </>
  )
}
