// Which cases are bait, since when, and has anybody opened one?
import { Tokens } from '../../core/form/form.tsx'
import { action, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant, isoDate } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'
import { type Bait, listBaits, retireBait } from './baits.server.ts'

export const baitsPage = get(listBaits, {
  title: 'audit.bait.title',
  body: (page) => {
    const { t, data } = page
    return (
      <>
        <BackLink href="/watch">{t('audit.watch.title')}</BackLink>
        <h1>{t('audit.bait.title')}</h1>
        <p class="tv-lead">{t('audit.bait.lead')}</p>
        <Callout title={t('audit.bait.yours')}>
          <p>{t('audit.bait.yoursText')}</p>
        </Callout>
        <Table<Bait>
          caption={t('audit.bait.count', { count: data.length })}
          captionLook="s"
          rows={data}
          empty={<p>{t('audit.bait.none')}</p>}
          columns={[
            { name: t('audit.watch.network'), cell: (bait) => bait.network },
            { name: t('audit.watch.number'), nowrap: true, cell: (bait) => bait.number },
            { name: t('audit.bait.since'), nowrap: true, cell: (bait) => formatDate(isoDate(bait.madeAt)) },
            {
              name: t('audit.bait.rang'),
              cell: (bait) => (bait.rangAt ? formatInstant(bait.rangAt) : t('audit.bait.quiet')),
            },
            { name: t('audit.bait.remove'), cell: (bait) => <Remove page={page} bait={bait} /> },
          ]}
        />
      </>
    )
  },
})

function Remove({ page, bait }: { page: PageContext<Bait[]>; bait: Bait }) {
  return (
    <form method="post" action={`/watch/baits/${bait.caseId}/retire`}>
      <Tokens page={page} />
      <Button kind="secondary" about={bait.number}>
        {page.t('audit.bait.removeNow')}
      </Button>
    </form>
  )
}

export const retireBaitAction = action(retireBait, () => ({ to: '/watch/baits', said: 'audit.bait.removed' }))
