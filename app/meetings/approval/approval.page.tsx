// How does somebody else approve the plan of a case, or send it back with words?
import { CaseFormFrame } from '../../cases/frame.tsx'
import { Field, Form } from '../../core/form/form.tsx'
import { action, form } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { Radios } from '../../ui/choices.tsx'
import { answerPlan, askForPlan, openAnswerPlan } from './approval.server.ts'
import { AnswerPlan } from './approval.ts'

const title = 'meetings.approval.title'
const planOf = (id: string | undefined) => `/cases/${id}/plan`

export const answerPlanPage = form(
  openAnswerPlan,
  answerPlan,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data, values } = page
      const { standing, head } = data
      const answer = typeof values.answer === 'string' ? values.answer : undefined
      if (standing.state !== 'asked' || !standing.mine)
        return (
          <CaseFormFrame t={t} head={head} tab="plan" title={title}>
            <p>{t(standing.state === 'asked' ? 'meetings.approval.notYours' : 'meetings.approval.nothing')}</p>
          </CaseFormFrame>
        )
      return (
        <CaseFormFrame t={t} head={head} tab="plan" title={title}>
          <p class="tv-lead">
            {t('meetings.approval.askedBy', {
              who: standing.asker ?? '–',
              at: standing.askedAt ? formatInstant(standing.askedAt) : '',
            })}
          </p>
          <p>
            <a href={planOf(head.id)}>{t('meetings.approval.read')}</a>
          </p>
          <Form page={page}>
            <input type="hidden" name="plan" value={standing.plan} />
            <Radios
              {...{ t, id: 'answer', name: 'answer', label: t('meetings.approval.answer'), value: answer }}
              error={page.errors.answer}
              options={[
                { value: 'approved', label: t('meetings.approval.answer.approved') },
                {
                  value: 'returned',
                  label: t('meetings.approval.answer.returned'),
                  reveal: <Field page={page} of={AnswerPlan} name="words" rows={4} />,
                },
              ]}
            />
            <Button>{t('meetings.approval.send')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: planOf(id), said: 'meetings.approval.answered' }),
)

export const askForPlanAction = action(askForPlan, (_done, { id }) => ({
  to: planOf(id),
  said: 'meetings.approval.asked',
}))
