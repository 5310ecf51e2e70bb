// What came of one call, how is it put right or ended, and what was it before?
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import type { Source } from '../recruitment.ts'
import { whatText } from '../target/words.tsx'
import { period, Standing } from './calls.tsx'
import { ChangeCampaign } from './campaign.ts'
import { type CallOpened, changeCampaign, endCampaign, openCampaign } from './change.server.ts'

type Page = PageContext<CallOpened>

export const campaignPage = form(
  openCampaign,
  endCampaign,
  { title: 'recruitment.campaign.title', body: (page) => <One page={page} /> },
  (_, { id }) => ({ to: `/recruitment/campaigns/${id}`, said: 'recruitment.campaign.endDone' }),
)

function One({ page }: { page: Page }) {
  const { t, data } = page
  const { call, today } = data
  const may = page.can(changeCampaign) && !call.endedOn
  return (
    <>
      <BackLink href="/recruitment/campaigns">{t('recruitment.campaign.title')}</BackLink>
      <h1>{call.name}</h1>
      <p>
        <Standing t={t} one={call} today={today} />
      </p>
      <Facts page={page} />
      {may ? (
        <ButtonLink href={`/recruitment/campaigns/${call.id}/edit`} kind="secondary">
          {t('recruitment.campaign.change')}
        </ButtonLink>
      ) : null}
      <Earlier page={page} />
      {may ? <End page={page} /> : null}
    </>
  )
}

function Facts({ page: { t, data } }: { page: Page }) {
  const { call, target } = data
  const rows = [
    { name: t('recruitment.campaign.link'), value: <a href={`/apply/c/${call.code}`}>/apply/c/{call.code}</a> },
    { name: t('recruitment.campaign.source'), value: t(`recruitment.source.${call.source as Source}`) },
    { name: t('recruitment.campaign.period'), value: period(call) },
    target && {
      name: t('recruitment.campaign.target'),
      value: <a href={`/recruitment/targets/${target.id}`}>{whatText(t, data.counties, target)}</a>,
    },
    call.endedOn ? { name: t('recruitment.campaign.is.ended'), value: formatDate(call.endedOn) } : null,
    ...(['came', 'talked', 'active'] as const).map((name) => ({
      name: t(`recruitment.reached.${name}`),
      value: String(call[name]),
    })),
  ]
  return <Summary rows={rows} />
}

/** Who came is counted by the call itself, whatever it was called at the time. */
function Earlier({ page: { t, data } }: { page: Page }) {
  if (data.before.length === 0) return null
  return (
    <Table
      caption={t('recruitment.campaign.before')}
      columns={[
        { name: t('recruitment.campaign.name'), head: true, cell: ({ name }) => name },
        {
          name: t('recruitment.campaign.source'),
          cell: ({ source }) => t(`recruitment.source.${source as Source}`),
        },
        { name: t('recruitment.campaign.period'), cell: (one) => period(one) },
        {
          name: t('recruitment.campaign.changed'),
          cell: ({ changedAt, changedBy }) => `${formatDate(changedAt)}, ${changedBy}`,
        },
      ]}
      rows={data.before}
      empty=""
    />
  )
}

function End({ page }: { page: Page }) {
  const { t } = page
  return (
    <section>
      <h2>{t('recruitment.campaign.end')}</h2>
      <p>{t('recruitment.campaign.endLead')}</p>
      <Form page={page}>
        <Button kind="secondary">{t('recruitment.campaign.end')}</Button>
      </Form>
    </section>
  )
}

export const editCampaignPage = form(
  openCampaign,
  changeCampaign,
  { title: 'recruitment.campaign.title', body: (page) => <Edit page={page} /> },
  (_, { id }) => ({ to: `/recruitment/campaigns/${id}`, said: 'recruitment.campaign.changeDone' }),
)

function Edit({ page }: { page: Page }) {
  const { t, data } = page
  const { call, target, targets } = data
  const wordsOf = (one: CallOpened['target']) => (one ? whatText(t, data.counties, one) : '')
  const { name, source, fromOn, untilOn, targetId } = call
  const kept = { name, source, fromOn: formatDate(fromOn), untilOn: formatDate(untilOn) }
  const aim = { name: 'target', value: targetId ?? '', label: t('recruitment.campaign.target'), text: wordsOf(target) }
  const options = [
    { value: '', label: t('recruitment.campaign.noTarget') },
    ...targets.map((one) => ({ value: one.id, label: wordsOf(one) })),
  ]
  return (
    <div class="tv-narrow">
      <BackLink href={`/recruitment/campaigns/${call.id}`}>{name}</BackLink>
      <h1>{t('recruitment.campaign.change')}</h1>
      {call.endedOn ? (
        <Callout>
          <p>{t('recruitment.campaign.endedAlready')}</p>
        </Callout>
      ) : (
        <>
          <p class="tv-lead">{t('recruitment.campaign.changeLead')}</p>
          <Form page={page}>
            <KeptNow page={page} of={ChangeCampaign} name="version" version={call.version} kept={kept} beside={[aim]} />
            <Field page={page} of={ChangeCampaign} name="name" value={name} />
            <Field page={page} of={ChangeCampaign} name="source" value={source} list />
            <Field page={page} of={ChangeCampaign} name="fromOn" value={fromOn} />
            <Field page={page} of={ChangeCampaign} name="untilOn" value={untilOn} />
            <Field page={page} of={ChangeCampaign} name="target" options={options} value={targetId} list />
            <Button>{t('recruitment.campaign.save')}</Button>
          </Form>
        </>
      )}
    </div>
  )
}
