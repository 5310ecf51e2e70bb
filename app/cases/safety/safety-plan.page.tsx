// What is her plan for when it gets dangerous, and how is it gone through with her?
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { openSafetyPlan, openWriteSafetyPlan, saveSafetyPlan } from './safety-plan.server.ts'
import { SaveSafetyPlan, steps } from './safety-plan.ts'
import { PlanWords } from './words.tsx'

type Opened = Awaited<ReturnType<typeof openSafetyPlan.run>>
type Page = PageContext<Opened>

const planOf = (id: string | undefined) => `/cases/${id}/safety`

export const safetyPlanPage = get(openSafetyPlan, {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    return (
      <CaseFormFrame t={t} head={data.head} title="cases.safety.title">
        <p class="tv-lead">{t('cases.safety.lead')}</p>
        {data.plan ? <Plan page={page} plan={data.plan} /> : <p>{t('cases.safety.none')}</p>}
        {data.head.writes ? (
          <ButtonLink href={`${planOf(data.head.id)}/edit`}>
            {t(data.plan ? 'cases.safety.review' : 'cases.safety.make')}
          </ButtonLink>
        ) : null}
      </CaseFormFrame>
    )
  },
})

function Plan({ page: { t }, plan }: { page: Page; plan: NonNullable<Opened['plan']> }) {
  return (
    <>
      {plan.changed ? (
        <Callout kind="attention" title={t('cases.safety.changed')}>
          <p>{t('cases.safety.changedLead')}</p>
        </Callout>
      ) : null}
      <PlanWords t={t} plan={plan.words} />
      <p class="tv-quiet">
        {t('cases.safety.written', { who: plan.who ?? '–', at: formatInstant(plan.recordedAt) })}{' '}
        {t(plan.told ? 'cases.safety.told' : 'cases.safety.notTold')}
      </p>
    </>
  )
}

export const writeSafetyPlanPage = form(
  openWriteSafetyPlan,
  saveSafetyPlan,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      const { plan } = data
      const field = { page, of: SaveSafetyPlan }
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.safety.title">
          <p class="tv-lead">{t('cases.safety.editLead')}</p>
          <Form page={page} draft={page.path}>
            <KeptNow page={page} of={SaveSafetyPlan} version={plan?.id ?? null} kept={keptOf(plan)} />
            {steps.map((step) => (
              <>
                <Field {...field} name={step} rows={3} value={plan?.words[step]} />
                {step === 'place' ? (
                  <p>
                    <a href={`/cases/${data.head.id}/whereabouts`}>{t('cases.place.title')}</a>
                  </p>
                ) : null}
              </>
            ))}
            <Field {...field} name="keptAt" value={plan?.words.keptAt} />
            <Field {...field} name="madeWith" value={plan?.words.madeWith} />
            <Field {...field} name="reviewedOn" value={data.head.today} />
            <Field {...field} name="tellSupport" value={plan?.told ?? false} />
            <Button>{t('cases.safety.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_saved, { id }) => ({ to: planOf(id), said: 'cases.safety.saved' }),
)

const keptOf = (plan: Opened['plan']) =>
  Object.fromEntries([...steps, 'keptAt' as const].map((name) => [name, plan?.words[name]]))
