// Which calls run, where do people hear of us, and how is a new call made?
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import type { Source } from '../recruitment.ts'
import { whatText } from '../target/words.tsx'
import { Calls, figures } from './calls.tsx'
import { AddCampaign } from './campaign.ts'
import { addCampaign, type Found, listCampaigns, type NewCall, openNewCampaign } from './campaigns.server.ts'

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
      <Calls t={t} found={data} empty={t('recruitment.campaign.none')} />
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

export const newCampaignPage = form(
  openNewCampaign,
  addCampaign,
  {
    title: 'recruitment.campaign.title',
    body: (page) => (
      <div class="tv-narrow">
        <BackTo page={page} />
        <h1>{page.t('recruitment.campaign.add')}</h1>
        <p class="tv-lead">{page.t('recruitment.campaign.addLead')}</p>
        <Form page={page}>
          {page.data.target ? <input type="hidden" name="target" value={page.data.target.id} /> : null}
          <Field page={page} of={AddCampaign} name="name" />
          <Field page={page} of={AddCampaign} name="source" list />
          <Field page={page} of={AddCampaign} name="code" width={20} />
          <Field page={page} of={AddCampaign} name="fromOn" value={page.data.today} />
          <Field page={page} of={AddCampaign} name="untilOn" value={page.data.target?.byOn} />
          <Button>{page.t('recruitment.campaign.add')}</Button>
        </Form>
      </div>
    ),
  },
  ({ targetId }) => ({
    to: targetId ? `/recruitment/targets/${targetId}` : '/recruitment/campaigns',
    said: 'recruitment.campaign.done',
  }),
)

/** To where one came from: the target that the call is for, or the list of calls. */
function BackTo({ page: { t, data } }: { page: PageContext<NewCall> }) {
  const { target, counties } = data
  if (!target) return <BackLink href="/recruitment/campaigns">{t('recruitment.campaign.title')}</BackLink>
  return <BackLink href={`/recruitment/targets/${target.id}`}>{whatText(t, counties, target)}</BackLink>
}
