// How is it written down that the victim agrees, takes it back, or that the law carries the case?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { FileInput } from '../../ui/fields.tsx'
import { Callout } from '../../ui/panel.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { giveConsent, openBasis, useLaw, withdrawConsent } from './basis.server.ts'
import { GiveConsent, UseLaw, Withdraw } from './basis.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openBasis)['run']>>>

const sharing = (id: string | undefined) => `/cases/${id}/sharing`

export const withdrawPage = form(
  openBasis,
  withdrawConsent,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} tab="sharing" title="cases.basis.withdrawTitle">
          <p class="tv-lead">{t('cases.basis.withdrawLead')}</p>
          <Ending page={page} />
          <Form page={page} files>
            <Field page={page} of={Withdraw} name="on" value={data.head.today} />
            <Field page={page} of={Withdraw} name="way" />
            <Field page={page} of={Withdraw} name="proof" />
            <Picture page={page} />
            <Field page={page} of={Withdraw} name="goesOn" value="ends" />
            <Law page={page} />
            <Field page={page} of={Withdraw} name="why" rows={3} />
            <Button kind="danger">{t('cases.basis.withdraw')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (result, params) =>
    result.shut
      ? { to: '/cases', said: 'cases.basis.withdrawnShut' }
      : { to: sharing(params.id), said: 'cases.basis.withdrawnSaved' },
)

/** Each share that would end, by name. */
function Ending({ page: { t, data } }: { page: Page }) {
  const lines = [
    ...data.supports.map(({ code, status }) =>
      t(status === 'active' ? 'cases.basis.endsSupport' : 'cases.basis.endsQuestion', { code }),
    ),
    ...data.needs.map(({ number }) => t('cases.basis.endsNeed', { number })),
    t('cases.basis.endsNetwork'),
  ]
  return (
    <Callout kind="attention" title={t('cases.basis.endsToday')}>
      <ul class="govuk-list govuk-list--bullet">
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </Callout>
  )
}

/** A photo of the signed paper, where there is one; what was chosen does not come back with a form that lacks something. */
function Picture({ page: { t, errors, values } }: { page: Page }) {
  return (
    <>
      <FileInput
        t={t}
        id="file"
        name="file"
        label={t('cases.proof.file')}
        hint={t('cases.proof.fileHint')}
        error={errors.file}
        accept="image/jpeg,image/png,image/webp"
      />
      {values.way && !errors.file ? <p class="tv-quiet">{t('cases.proof.again')}</p> : null}
    </>
  )
}

/** The words of the law as they stand in the settings; without them the law cannot be chosen. */
function Law({ page: { t, data } }: { page: Page }) {
  return <p class="tv-quiet">{data.lawBasisText || t('cases.refer.lawMissing')}</p>
}

export const consentPage = form(
  openBasis,
  giveConsent,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} tab="sharing" title="cases.basis.giveTitle">
          <p class="tv-lead">{t('cases.basis.giveLead')}</p>
          <Form page={page} files>
            <Field page={page} of={GiveConsent} name="on" value={data.head.today} />
            <Field page={page} of={GiveConsent} name="way" />
            <Field page={page} of={GiveConsent} name="proof" />
            <Picture page={page} />
            <p class="tv-quiet">{t('cases.refer.consentRecorded', { who: page.me.name })}</p>
            <Button>{t('cases.basis.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: sharing(params.id), said: 'cases.basis.given' }),
)

export const lawPage = form(
  openBasis,
  useLaw,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} tab="sharing" title="cases.basis.lawTitle">
          <p class="tv-lead">{t('cases.basis.lawLead')}</p>
          <Law page={page} />
          <Form page={page}>
            <Field page={page} of={UseLaw} name="why" rows={4} />
            <Button>{t('cases.basis.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: sharing(params.id), said: 'cases.basis.lawSaved' }),
)
