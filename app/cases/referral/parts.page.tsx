// How does each page of a referral ask its one group of questions?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import type { Key } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Radios, Select } from '../../ui/choices.tsx'
import { Callout } from '../../ui/panel.tsx'
import { DraftStatus } from '../../ui/record/draft.tsx'
import { OthersFields } from '../adults/fields.tsx'
import { FearFields, HoursFields, WaysFields } from '../contact/fields.tsx'
import { DiversityFields } from '../diversity/fields.tsx'
import { LivesAt } from './lives-at.tsx'
import { PerpetratorsFields } from './perpetrator-fields.tsx'
import { openStep, saveStep } from './referral.server.ts'
import {
  Basis,
  Children,
  Contact,
  Following,
  type Part,
  parts,
  partTitle,
  Reason,
  Source,
  Support,
  Victim,
} from './referral.ts'

type Step = Awaited<ReturnType<(typeof openStep)['run']>>
type StepPage = { page: PageContext<Step> }

export const referralStepPage = form(
  openStep,
  saveStep,
  {
    title: 'cases.title.referral',
    body: (page) => {
      const { t, data } = page
      const at = parts.indexOf(data.part)
      const back = at === 0 ? '/cases/new' : `/cases/new/${data.journey}/${parts[at - 1]}`
      return (
        <div class="tv-narrow">
          <BackLink href={back}>{t('ui.back')}</BackLink>
          <p class="tv-quiet">{t('cases.refer.progress', { number: at + 1, of: parts.length + 1 })}</p>
          <h1>{t(partTitle(data.part))}</h1>
          <Form page={page} draft={page.path}>
            {bodies[data.part]({ page })}
            <ButtonGroup>
              <Button>{t('cases.refer.next')}</Button>
              <ButtonLink href={data.outside ? '/' : '/cases'} kind="quiet">
                {t('cases.refer.later')}
              </ButtonLink>
            </ButtonGroup>
            <DraftStatus t={t} />
          </Form>
        </div>
      )
    },
  },
  (result) => result.to,
)

const bodies: Record<Part, (props: StepPage) => ReturnType<typeof SourceFields>> = {
  source: SourceFields,
  victim: VictimFields,
  perpetrator: ({ page }) => <PerpetratorsFields page={page} value={askedBefore(page)} />,
  children: ChildrenFields,
  others: ({ page }) => <OthersFields page={page} value={(name) => answered(page, name)} />,
  contact: ContactFields,
  hours: ({ page }) => <HoursFields page={page} value={askedBefore(page)} />,
  fear: ({ page }) => <FearFields page={page} value={askedBefore(page)} />,
  brief: SupportFields,
  diversity: ({ page }) => (
    <DiversityFields page={page} asked={page.data.around.diversityAsked} value={(name) => chosen(page, name)} />
  ),
  basis: BasisFields,
  reason: ReasonFields,
}

/** What was answered before, for one field; a ticked box is `true`. */
function answered({ data }: PageContext<Step>, name: string): string | boolean | undefined {
  const value = data.answers[data.part]?.[name]
  return value === 'yes' && ['interpreter', 'adultConfirmed', 'tellSupport'].includes(name) ? true : value
}

const askedBefore = (page: PageContext<Step>) => (name: string) => answered(page, name)

/** What a radio or a list shows: just typed, or answered before. */
function chosen(page: PageContext<Step>, name: string): string | undefined {
  const value = page.values[name] ?? answered(page, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

const base = (page: PageContext<Step>, name: string, label: Key) => ({
  t: page.t,
  id: name,
  name,
  label: page.t(label),
  error: page.errors[name],
})

function SourceFields({ page }: StepPage) {
  const value = (name: string) => answered(page, name)
  const networks = page.data.networks.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      {page.data.outside ? <LivesAt page={page} value={chosen(page, 'place')} /> : null}
      {networks.length > 1 && !page.data.outside ? (
        <Field page={page} of={Source} name="network" options={networks} value={value('network')} />
      ) : null}
      <Field page={page} of={Source} name="source" value={value('source')} />
      <Field page={page} of={Source} name="referredOn" value={value('referredOn') ?? page.data.around.today} />
    </>
  )
}

function VictimFields({ page }: StepPage) {
  const { t, data } = page
  const value = (name: string) => answered(page, name)
  const places = data.municipalities.map(({ code, name }) => ({ value: code, label: name }))
  return (
    <>
      <p>{t('cases.refer.victimLead', { age: data.around.adultAge })}</p>
      <Field page={page} of={Victim} name="givenName" value={value('givenName')} width={20} />
      <Field page={page} of={Victim} name="familyName" value={value('familyName')} width={20} />
      <Field page={page} of={Victim} name="formerNames" value={value('formerNames')} />
      <Field page={page} of={Victim} name="nationalId" value={value('nationalId')} width={20} />
      <Field page={page} of={Following} name="birthYear" value={value('birthYear')} />
      {page.errors.adultConfirmed || value('adultConfirmed') ? (
        <Field page={page} of={Victim} name="adultConfirmed" value={value('adultConfirmed')} />
      ) : null}
      <Field page={page} of={Victim} name="sex" value={value('sex')} inline />
      <Field page={page} of={Victim} name="language" value={value('language')} list />
      <Field page={page} of={Victim} name="interpreter" value={value('interpreter')} />
      {data.outside ? null : (
        <Select
          {...base(page, 'municipality', 'cases.field.municipality')}
          hint={t('cases.field.municipalityHint')}
          optional
          options={places}
          value={chosen(page, 'municipality')}
        />
      )}
    </>
  )
}

function ChildrenFields({ page }: StepPage) {
  const { t } = page
  const value = (name: string) => answered(page, name)
  const told = (
    <>
      <Field page={page} of={Following} name="toldOn" value={value('toldOn')} />
      <Field page={page} of={Following} name="toldWhom" value={value('toldWhom')} />
    </>
  )
  const notTold = <Field page={page} of={Following} name="notToldWhy" value={value('notToldWhy')} rows={3} />
  return (
    <>
      <Field page={page} of={Children} name="childCount" value={value('childCount')} width={3} />
      <Field page={page} of={Children} name="birthYears" value={value('birthYears')} />
      <Radios
        {...base(page, 'told', 'cases.children.wasTold')}
        hint={t('cases.children.wasToldHint')}
        optional
        value={chosen(page, 'told')}
        options={[
          { value: 'yes', label: t('cases.answer.yes'), reveal: told },
          { value: 'no', label: t('cases.answer.no'), reveal: notTold },
        ]}
      />
    </>
  )
}

function ContactFields({ page }: StepPage) {
  const value = (name: string) => answered(page, name)
  return (
    <>
      <p>{page.t('cases.refer.contactLead')}</p>
      <Field page={page} of={Contact} name="way" value={value('way')} />
      <WaysFields page={page} value={value} />
    </>
  )
}

function SupportFields({ page }: StepPage) {
  const value = (name: string) => answered(page, name)
  return (
    <>
      <p>{page.t('cases.refer.briefLead')}</p>
      <Field page={page} of={Support} name="safetyNote" value={value('safetyNote')} rows={3} />
      <Field page={page} of={Support} name="agreedTasks" value={value('agreedTasks')} rows={3} />
    </>
  )
}

function BasisFields({ page }: StepPage) {
  const { t, data } = page
  const { lawBasisText } = data.around
  const consent = (
    <>
      <Field page={page} of={Following} name="consentOn" value={answered(page, 'consentOn')} />
      <Field page={page} of={Following} name="consentWay" value={answered(page, 'consentWay')} />
      <Field page={page} of={Basis} name="proof" value={answered(page, 'proof')} />
      <p class="tv-quiet">{t('cases.refer.consentRecorded', { who: page.me.name })}</p>
    </>
  )
  return (
    <>
      <Radios
        {...base(page, 'basis', 'cases.field.basis')}
        hint={t('cases.field.basisHint')}
        value={chosen(page, 'basis')}
        options={[
          { value: 'consent', label: t('cases.basis.consent'), reveal: consent },
          {
            value: 'law',
            label: t('cases.basis.law'),
            hint: lawBasisText || undefined,
            disabled: lawBasisText === '',
            reveal: <Field page={page} of={Following} name="whyLaw" value={answered(page, 'whyLaw')} rows={3} />,
          },
        ]}
      />
      {lawBasisText === '' ? (
        <Callout>
          <p>{t('cases.refer.lawMissing')}</p>
        </Callout>
      ) : null}
    </>
  )
}

function ReasonFields({ page }: StepPage) {
  return <Field page={page} of={Reason} name="why" value={answered(page, 'why')} rows={8} />
}
