// Which calls are there, by which link do people come, and what came of each?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import type { Source } from '../recruitment.ts'
import { type Campaign, type CampaignStanding, callStanding, type Reached } from './campaign.ts'
import type { Found } from './campaigns.server.ts'

/** Calls with what came of each, those of a target too. */
export function Calls({ t, found, empty }: { t: T; found: Pick<Found, 'today' | 'campaigns'>; empty: string }) {
  return (
    <Table
      caption={t('recruitment.campaign.title')}
      captionLook="hidden"
      columns={[...calls(t, found.today), ...figures<Campaign>(t)]}
      rows={found.campaigns}
      empty={<p>{empty}</p>}
    />
  )
}

function calls(t: T, today: string): Column<Campaign>[] {
  return [
    {
      name: t('recruitment.campaign.name'),
      head: true,
      cell: (one) => (
        <>
          <a href={`/recruitment/campaigns/${one.id}`}>{one.name}</a>
          <div class="tv-quiet">{t(`recruitment.source.${one.source as Source}`)}</div>
        </>
      ),
    },
    { name: t('recruitment.campaign.link'), cell: ({ code }) => <a href={`/apply/c/${code}`}>/apply/c/{code}</a> },
    {
      name: t('recruitment.campaign.period'),
      cell: (one) => (
        <>
          {period(one)}
          <div>
            <Standing t={t} one={one} today={today} />
          </div>
        </>
      ),
    },
  ]
}

export const period = ({ fromOn, untilOn }: Pick<Campaign, 'fromOn' | 'untilOn'>): string =>
  `${formatDate(fromOn)}–${formatDate(untilOn)}`

const looks: Record<CampaignStanding, TagKind> = { runs: 'ok', planned: 'wait', over: 'neutral', ended: 'neutral' }

export function Standing({ t, one, today }: { t: T; one: Campaign; today: string }) {
  const standing = callStanding(one, today)
  return <Tag kind={looks[standing]}>{t(`recruitment.campaign.is.${standing}`)}</Tag>
}

export function figures<Row extends Reached>(t: T): Column<Row>[] {
  return (['came', 'talked', 'active'] as const).map((name) => ({
    name: t(`recruitment.reached.${name}`),
    number: true,
    cell: (row) => String(row[name]),
  }))
}
