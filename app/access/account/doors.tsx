// What has changed lately in how a person signs in, so that she sees what was not she?
import { formatInstant } from '../../i18n/format.ts'
import { isKey, type T } from '../../i18n/i18n.ts'
import { Table } from '../../ui/table.tsx'
import type { DoorChange } from './account.ts'

function wordsOf(t: T, { action, who, helpers }: DoorChange): string {
  const key = `access.doors.${action}`
  const what = isKey(key) ? t(key) : ''
  const names = who ? [who] : helpers
  return names.length > 0 ? t('access.doors.by', { what, names: names.join(', ') }) : what
}

/** The last changes of one's own ways in, newest first; with what to do where one of them was somebody else's doing. */
export function Doors({ t, changes }: { t: T; changes: readonly DoorChange[] }) {
  return (
    <>
      <h2>{t('access.doors.title')}</h2>
      <p>{t('access.doors.lead')}</p>
      <Table<DoorChange>
        caption={t('access.doors.title')}
        captionLook="hidden"
        rows={[...changes]}
        empty={<p>{t('access.doors.none')}</p>}
        columns={[
          { name: t('access.doors.when'), cell: (row) => formatInstant(row.at) },
          { name: t('access.doors.what'), cell: (row) => wordsOf(t, row) },
        ]}
      />
    </>
  )
}
