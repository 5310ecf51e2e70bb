// Which values wait for a second person?
import type { T } from '../../i18n/i18n.ts'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { byWords, stateKinds } from '../two-people/words.tsx'
import type { Asked } from './asked.ts'
import { changeWords, settingWords } from './setting-words.ts'

export const AskedTag = ({ t, one }: { t: T; one: Asked }) => (
  <Tag kind={stateKinds[one.state]}>{t(`access.two.state.${one.state}`)}</Tag>
)

/** What waits for a second person: which value, from what to what, who asked and who can confirm. */
export function AskedTable({ t, rows, caption }: { t: T; rows: readonly Asked[]; caption: string }) {
  if (rows.length === 0) return null
  return (
    <Table<Asked>
      caption={caption}
      rows={rows}
      empty={null}
      columns={[
        {
          name: t('access.settings.name'),
          cell: (one) => <a href={`/settings/asked/${one.id}`}>{settingWords(t, one.name).title}</a>,
        },
        { name: t('access.two.what'), cell: (one) => changeWords(t, one) },
        { name: t('access.two.asked'), cell: (one) => byWords(t, one.asker, one.askedAt, one.askerThen) },
        { name: t('access.people.state'), cell: (one) => <AskedTag t={t} one={one} /> },
        { name: t('access.settings.whoConfirms'), cell: (one) => one.deciders.join(', ') },
      ]}
    />
  )
}
