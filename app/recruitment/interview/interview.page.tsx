// How is an interview written down, and how are its questions changed?
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { TextArea } from '../../ui/fields.tsx'
import { answerField, HoldInterview, WriteGuide } from './interview.ts'
import { holdInterview, openGuide, openInterviewForm, writeGuide } from './interviews.server.ts'
import { NextVersion, Versions, type VersionsPage } from './versions.tsx'

type Asked = Awaited<ReturnType<typeof openInterviewForm.run>>

export const interviewPage = form(
  openInterviewForm,
  holdInterview,
  { title: 'recruitment.tab', body: (page) => <Interview page={page} /> },
  (_, { id }) => ({ to: `/recruitment/${id}`, said: 'recruitment.interview.done' }),
)

function Interview({ page }: { page: PageContext<Asked> }) {
  const { t, data, locale, values, errors, path } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/recruitment/${data.id}`}>{data.name}</BackLink>
      <h1>{t('recruitment.interview.title')}</h1>
      <p class="tv-lead">{t('recruitment.interview.lead', { version: data.guide.version })}</p>
      <Form page={page} draft={path}>
        <input type="hidden" name="guide" value={String(data.guide.version)} />
        <Field page={page} of={HoldInterview} name="heldOn" value={data.today} />
        {data.guide.questions.map((question, nth) => (
          <TextArea
            t={t}
            id={answerField(nth)}
            name={answerField(nth)}
            label={question[locale]}
            error={errors[answerField(nth)]}
            value={String(values[answerField(nth)] ?? '')}
            maxLength={2000}
            rows={3}
          />
        ))}
        <Field page={page} of={HoldInterview} name="conclusion" />
        <Button>{t('recruitment.interview.save')}</Button>
      </Form>
    </div>
  )
}

export const guidePage = get(openGuide, {
  title: 'recruitment.guide.title',
  body: (page) => {
    const { t } = page
    return (
      <div class="tv-narrow">
        <BackLink href="/recruitment">{t('recruitment.title')}</BackLink>
        <h1>{t('recruitment.guide.title')}</h1>
        <p class="tv-lead">{t('recruitment.guide.lead')}</p>
        {page.can(writeGuide) ? (
          <ButtonLink href="/recruitment/guide/edit">{t('recruitment.guide.edit')}</ButtonLink>
        ) : null}
        <Versions page={page} />
      </div>
    )
  },
})

export const editGuidePage = form(
  openGuide,
  writeGuide,
  { title: 'recruitment.guide.title', body: (page) => <EditGuide page={page} /> },
  () => ({ to: '/recruitment/guide', said: 'recruitment.guide.done' }),
)

function EditGuide({ page }: { page: VersionsPage }) {
  const { t } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/recruitment/guide">{t('recruitment.guide.title')}</BackLink>
      <h1>{t('recruitment.guide.edit')}</h1>
      <p class="tv-lead">{t('recruitment.guide.editLead')}</p>
      <NextVersion page={page} of={WriteGuide} rows={9} />
    </div>
  )
}
