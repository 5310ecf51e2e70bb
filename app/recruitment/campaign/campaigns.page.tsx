// Which calls run, by which link do people come, and what came of each?
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import type { Source } from '../recruitment.ts'
import { AddCampaign, type Campaign, type Reached } from './campaign.ts'
import { addCampaign, type Found, listCampaigns, openNewCampaign } from './campaigns.server.ts'

export const campaignsPage = get(listCampaigns, {
  title: 'recruitment.campaign.title',
  body: (page) => <Campaigns page={page} />,
})

function Campaigns({ page }: { page: PageContext<Found> }) {
  const { t, data } = page
  return (
    <>
      <BackLink href="/recruitment">{t('recruitment.title')}</BackLink>
      <h1>{t('recruitment.campaign.title')}</h1>
      <p class="tv-lead">{t('recruitment.campaign.lead')}</p>
      {page.can(addCampaign) ? (
        <ButtonLink href="/recruitment/campaigns/new">{t('recruitment.campaign.add')}</ButtonLink>
      ) : null}
      <Table
        caption={t('recruitment.campaign.title')}
        captionLook="hidden"
        columns={[...calls(t, data.today), ...figures<Campaign>(t)]}
        rows={data.campaigns}
        empty={<p>{t('recruitment.campaign.none')}</p>}
      />
      <h2>{t('recruitment.campaign.bySource')}</h2>
      <Table
        caption={t('recruitment.campaign.bySource')}
        captionLook="hidden"
        columns={[
          {
            name: t('recruitment.campaign.source'),
            head: true,
            cell: (row) => t(`recruitment.source.${row.source as Source}`),
          },
          ...figures<Found['sources'][number]>(t),
        ]}
        rows={data.sources}
        empty={<p>{t('recruitment.campaign.noSource')}</p>}
      />
    </>
  )
}

function calls(t: T, today: string): Column<Campaign>[] {
  return [
    {
      name: t('recruitment.campaign.name'),
      head: true,
      cell: (one) => (
        <>
          {one.name}
          <div class="tv-quiet">{t(`recruitment.source.${one.source as Source}`)}</div>
        </>
      ),
    },
    { name: t('recruitment.campaign.link'), cell: ({ code }) => <a href={`/apply/c/${code}`}>/apply/c/{code}</a> },
    {
      name: t('recruitment.campaign.period'),
      cell: (one) => (
        <>
          {formatDate(one.fromOn)}–{formatDate(one.untilOn)}
          {one.fromOn <= today && today <= one.untilOn ? (
            <div>
              <Tag kind="ok">{t('recruitment.campaign.runs')}</Tag>
            </div>
          ) : null}
        </>
      ),
    },
  ]
}

function figures<Row extends Reached>(t: T): Column<Row>[] {
  return (['came', 'talked', 'active'] as const).map((name) => ({
    name: t(`recruitment.reached.${name}`),
    number: true,
    cell: (row) => String(row[name]),
  }))
}

export const newCampaignPage = form(
  openNewCampaign,
  addCampaign,
  {
    title: 'recruitment.campaign.title',
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href="/recruitment/campaigns">{page.t('recruitment.campaign.title')}</BackLink>
        <h1>{page.t('recruitment.campaign.add')}</h1>
        <p class="tv-lead">{page.t('recruitment.campaign.addLead')}</p>
        <Form page={page}>
          <Field page={page} of={AddCampaign} name="name" />
          <Field page={page} of={AddCampaign} name="source" list />
          <Field page={page} of={AddCampaign} name="code" width={20} />
          <Field page={page} of={AddCampaign} name="fromOn" value={page.data.today} />
          <Field page={page} of={AddCampaign} name="untilOn" />
          <Button>{page.t('recruitment.campaign.add')}</Button>
        </Form>
      </div>
    ),
  },
  () => ({ to: '/recruitment/campaigns', said: 'recruitment.campaign.done' }),
)
