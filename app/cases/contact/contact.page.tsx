// How may she be reached, who may know, and which contacts are planned?
import { Form, Tokens } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { DraftStatus } from '../../ui/record/draft.tsx'
import { SummaryCard } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { peopleWords, rulesWords } from './contact-words.ts'
import { FearFields, HoursFields, WaysFields } from './fields.tsx'
import { Keeping, PlanQuestions, SafeRules, whenWords } from './guard-form.tsx'
import { openPlanContact, planContact, withdrawContact } from './plan.server.ts'
import type { PlannedContact } from './plans.server.ts'
import { type OpenedContact, openContact, openSafeContact, saveSafeContact } from './safe.server.ts'
import { SaveSafeContact, typedOf } from './safe-contact.ts'

const title = 'cases.title.case'
const contactOf = (id: string | undefined) => `/cases/${id}/contact`

export const contactPage = get(openContact, {
  title,
  body: (page) => {
    const { t, data } = page
    const { head, safe } = data
    const { rules, people } = safe
    const taken = people ? peopleWords(t, people, null) : ''
    return (
      <CaseFormFrame t={t} head={head} title="cases.safe.title">
        <SummaryCard
          title={t('cases.safe.how')}
          rows={[
            {
              name: t('cases.safe.rules'),
              value: rules ? rulesWords(t, { ...rules, feared: null }) : t('cases.safe.unknown'),
            },
            { name: t('cases.safe.people'), value: taken || '–' },
            {
              name: t('cases.safe.support'),
              value: t(rules?.feared ? 'cases.safe.fearTold' : 'cases.safe.fearNotTold'),
            },
          ]}
          actions={data.mayWrite ? [{ href: `${contactOf(head.id)}/edit`, text: t('cases.safe.change') }] : undefined}
        />
        <Versions page={page} />
        <h2>{t('cases.guard.planned')}</h2>
        {data.reaches ? <ButtonLink href={`${contactOf(head.id)}/plan`}>{t('cases.guard.plan')}</ButtonLink> : null}
        <Planned page={page} />
      </CaseFormFrame>
    )
  },
})

type Page = { page: PageContext<OpenedContact> }

function Versions({ page: { t, data } }: Page) {
  const [last] = data.versions
  if (!last) return null
  const said = { at: formatInstant(last.recordedAt), who: last.who ?? '–', count: data.versions.length }
  return <p class="tv-quiet">{t('cases.safe.versions', said)}</p>
}

function Planned({ page }: Page) {
  const { t, data, me } = page
  const mine = (plan: PlannedContact) => data.reaches && (data.led || plan.recordedBy === me.id)
  return (
    <Table<PlannedContact>
      caption={t('cases.guard.planned')}
      captionLook="hidden"
      rows={data.plans}
      empty={<p>{t('cases.guard.none')}</p>}
      columns={[
        { name: t('cases.guard.when'), head: true, cell: (plan) => whenWords(t, plan) },
        {
          name: t('cases.guard.way'),
          cell: (plan) => [t(`cases.contact.way.${plan.channel}`), plan.person].filter(Boolean).join(': '),
        },
        { name: t('cases.guard.who'), cell: (plan) => plan.who ?? '–' },
        { name: t('cases.guard.keeping'), cell: (plan) => <Keeping t={t} plan={plan} /> },
        {
          name: t('cases.guard.withdraw'),
          silent: true,
          cell: (plan) =>
            mine(plan) ? (
              <form method="post" action={`${contactOf(data.head.id)}/${plan.id}/withdraw`}>
                <Tokens page={page} />
                <Button kind="quiet" about={whenWords(t, plan)}>
                  {t('cases.guard.withdraw')}
                </Button>
              </form>
            ) : (
              ''
            ),
        },
      ]}
    />
  )
}

export const editContactPage = form(
  openSafeContact,
  saveSafeContact,
  {
    title,
    body: (page) => {
      const { t, data } = page
      const { rules, people } = data.safe
      const before = rules && people ? typedOf({ rules, people }) : {}
      const value = (name: string) => before[name]
      const { tellSupport: _, ...kept } = before
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.safe.change">
          <p class="tv-lead">{t('cases.safe.editLead')}</p>
          <Form page={page} draft={page.path}>
            <KeptNow page={page} of={SaveSafeContact} version={data.version} kept={kept as Record<string, string>} />
            <h2>{t('cases.refer.part.contact')}</h2>
            <WaysFields page={page} value={value} />
            <h2>{t('cases.refer.part.hours')}</h2>
            <HoursFields page={page} value={value} />
            <h2>{t('cases.refer.part.fear')}</h2>
            <FearFields page={page} value={value} />
            <ButtonGroup>
              <Button>{t('cases.safe.save')}</Button>
            </ButtonGroup>
            <DraftStatus t={t} />
          </Form>
          <p class="tv-quiet">
            <a href={`/cases/${data.head.id}/whereabouts`}>{t('cases.safe.number')}</a>
          </p>
        </CaseFormFrame>
      )
    },
  },
  (_saved, { id }) => ({ to: contactOf(id), said: 'cases.safe.saved' }),
)

export const planContactPage = form(
  openPlanContact,
  planContact,
  {
    title,
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.guard.plan">
          <SafeRules t={t} rules={data.safe.rules} />
          <Form page={page}>
            <PlanQuestions page={page} />
            <Button>{t('cases.guard.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  ({ against }, { id }) => ({ to: contactOf(id), said: against ? 'cases.guard.savedAgainst' : 'cases.guard.saved' }),
)

export const withdrawContactAction = action(withdrawContact, (_done, { id }) => ({
  to: contactOf(id),
  said: 'cases.guard.withdrawn',
}))
