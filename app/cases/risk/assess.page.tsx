// How is the risk assessed, question by question, on a phone as on a desk?
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { Button, ButtonGroup } from '../../ui/buttons.tsx'
import { Radios, Select } from '../../ui/choices.tsx'
import { Callout } from '../../ui/panel.tsx'
import { DraftStatus } from '../../ui/record/draft.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { saveAssessment } from './assess.server.ts'
import { AssessmentForm, fieldOf, Reasons } from './assessment.ts'
import { openAssess } from './assessments.server.ts'
import { answers, type Question, wording } from './instrument.ts'

type Assess = Awaited<ReturnType<(typeof openAssess)['run']>>
type AssessPage = { page: PageContext<Assess> }

export const assessPage = form(
  openAssess,
  saveAssessment,
  {
    title: 'cases.title.assessment',
    body: (page) => {
      const { t, data } = page
      const { instrument } = data
      return (
        <CaseFormFrame t={t} head={data.head} tab="risk" title="cases.assess.title">
          <p class="tv-quiet">{t('cases.assess.form', { name: instrument.name, version: instrument.version })}</p>
          <Training page={page} />
          <Form page={page} draft={data.corrects ? undefined : page.path}>
            <Kept page={page} />
            {data.corrects ? <Correcting page={page} /> : null}
            <About page={page} />
            <h2>{t('cases.assess.questions')}</h2>
            <p>{t('cases.assess.questionsLead')}</p>
            {instrument.questions.map((question, index) => (
              <Ask page={page} question={question} number={index + 1} />
            ))}
            <Beside page={page} />
            <Save page={page} />
            <DraftStatus t={t} />
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (result, params) => ({
    to: `/cases/${params.id}/risk`,
    said:
      result.state === 'draft'
        ? 'cases.assess.draftSaved'
        : result.level === 'high'
          ? 'cases.assess.high'
          : 'cases.assess.saved',
  }),
)

const before = ({ data }: PageContext<Assess>) => data.corrects ?? data.draft

/** Where somebody else has written meanwhile: their answers beside mine. */
function Kept({ page }: AssessPage) {
  const { t, data, locale } = page
  const of = before(page)
  const beside = data.instrument.questions.map((question) => {
    const value = of?.answers?.[question.id] ?? ''
    const text = value ? t(`cases.answer.${value}`) : ''
    return { name: fieldOf(question.id), value, label: wording(question, locale), text }
  })
  const kept = { callouts: of?.callouts, judgementReason: of?.judgementReason }
  return <KeptNow page={page} of={AssessmentForm} version={of?.id ?? null} kept={kept} beside={beside} />
}

function Training({ page }: AssessPage) {
  const { t, data } = page
  if (data.myTraining) return null
  return (
    <Callout kind="attention" title={t('cases.assess.untrainedTitle')}>
      <p>{t('cases.assess.untrainedLead')}</p>
    </Callout>
  )
}

function Correcting({ page }: AssessPage) {
  const { t, data } = page
  return (
    <>
      <input type="hidden" name="corrects" value={data.corrects?.id} />
      <p>{t('cases.assess.correcting', { date: formatDate(data.corrects?.madeOn ?? data.head.today) })}</p>
      <Field page={page} of={Reasons} name="correctionReason" rows={2} />
    </>
  )
}

function About({ page }: AssessPage) {
  const of = before(page)
  const withVictim = of ? (of.withVictim ? 'yes' : 'no') : undefined
  return (
    <>
      <Field page={page} of={AssessmentForm} name="madeOn" value={of?.madeOn ?? page.data.head.today} />
      <Field page={page} of={AssessmentForm} name="withVictim" value={withVictim} inline />
    </>
  )
}

function Ask({ page, question, number }: AssessPage & { question: Question; number: number }) {
  const { t } = page
  const name = fieldOf(question.id)
  const typed = page.values[name]
  return (
    <Radios
      t={t}
      id={name}
      name={name}
      label={`${number}. ${wording(question, page.locale)}`}
      hint={question.critical ? t('cases.assess.critical') : undefined}
      error={page.errors[name]}
      inline
      value={typeof typed === 'string' ? typed : before(page)?.answers?.[question.id]}
      options={answers.map((value) => ({ value, label: t(`cases.answer.${value}`) }))}
    />
  )
}

/** What stands beside the count: each is a ground of its own. */
function Beside({ page }: AssessPage) {
  const { t, data } = page
  const of = before(page)
  return (
    <>
      <h2>{t('cases.assess.beside')}</h2>
      {data.head.repeatOf ? <p>{t('cases.assess.isRepeat')}</p> : null}
      <Field page={page} of={AssessmentForm} name="callouts" value={of?.callouts} width={3} />
      <Field page={page} of={AssessmentForm} name="judgedHigh" value={of?.byJudgement} />
      <Field page={page} of={Reasons} name="judgementReason" value={of?.judgementReason} rows={4} />
    </>
  )
}

function Save({ page }: AssessPage) {
  const { t, data } = page
  const colleagues = data.trained.map(({ id, name }) => ({ value: id, label: name }))
  const chosen = String(page.values.assessor ?? data.draft?.assessorId ?? '')
  const draft = (
    <Button kind={data.myTraining ? 'secondary' : 'primary'} name="save" value="draft">
      {t('cases.assess.saveDraft')}
    </Button>
  )
  return (
    <>
      {data.corrects ? null : (
        <Select
          t={t}
          id="assessor"
          name="assessor"
          label={t('cases.assess.finishedBy')}
          hint={t(data.myTraining ? 'cases.assess.assessorOptional' : 'cases.assess.assessorHint')}
          error={page.errors.assessor}
          optional={data.myTraining !== null}
          options={colleagues}
          value={chosen}
        />
      )}
      <ButtonGroup>
        {data.myTraining ? (
          <Button name="save" value="final">
            {t('cases.assess.saveFinal')}
          </Button>
        ) : null}
        {data.corrects ? null : draft}
      </ButtonGroup>
    </>
  )
}
