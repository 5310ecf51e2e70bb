// How is the plan of renewal shown: where, at the latest when, and who comes?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import type { County } from '../../partners/places.server.ts'
import { dueWords } from '../../ui/date.ts'
import { Table } from '../../ui/table.tsx'
import type { Renewal } from './renewal.server.ts'

type Props = { t: T; renewal: Renewal; counties: County[]; today: string }

export function RenewalPlan({ t, renewal, counties, today }: Props) {
  const { days, people, sessions } = renewal
  return (
    <section>
      <h2>{t('papers.renewal.title')}</h2>
      {people > 0 ? <p>{t('papers.renewal.lead', { people, sessions: sessions.length, days })}</p> : null}
      <Table
        caption={t('papers.renewal.title')}
        captionLook="hidden"
        columns={[
          { name: t('papers.renewal.where'), cell: ({ county }) => shortCounty(counties, county) },
          { name: t('papers.renewal.by'), cell: ({ by }) => `${formatDate(by)}, ${dueWords(by, today, t)}` },
          {
            name: t('papers.renewal.who'),
            cell: ({ who }) =>
              who.map(({ id, code, name, kind, until }) => (
                <div>
                  <a href={`/volunteers/${id}`}>{`${name}, ${code}`}</a>{' '}
                  <span class="tv-quiet">
                    {t('papers.renewal.until', {
                      kind: t(`volunteers.evidence.${kind}`).toLowerCase(),
                      until: formatDate(until),
                    })}
                  </span>
                </div>
              )),
          },
        ]}
        rows={sessions}
        empty={<p>{t('papers.renewal.none', { days })}</p>}
      />
      {people > 0 ? <p class="tv-quiet">{t('papers.renewal.how')}</p> : null}
    </section>
  )
}
