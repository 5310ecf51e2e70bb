// Who of the core group sees this case today, by what, and who does not yet?
import type { T } from '../../i18n/i18n.ts'
import { Table } from '../../ui/table.tsx'
import type { Eye } from './basis.ts'

/** `shut`: closed, or without a ground, it is there for the lead alone, and nobody waits to be invited. */
export function Eyes({ t, eyes, shut }: { t: T; eyes: readonly Eye[]; shut: boolean }) {
  return (
    <>
      <h2>{t('cases.sharing.eyes')}</h2>
      <p>{t(shut ? 'cases.sharing.eyesShut' : 'cases.sharing.eyesLead')}</p>
      <Table
        caption={t('cases.sharing.eyes')}
        captionLook="hidden"
        rows={shut ? eyes.filter(({ why }) => why !== null) : eyes}
        empty={<p>{t('cases.sharing.nobody')}</p>}
        columns={[
          { name: t('cases.sharing.who'), cell: ({ name, agency }) => `${name} · ${t(`core.agency.${agency}`)}` },
          { name: t('cases.sharing.why'), cell: ({ why }) => t(`cases.sharing.eye.${why ?? 'none'}`) },
        ]}
      />
    </>
  )
}
