// How is an action agreed and ended, and a risk answered?
import { Because, SafeRules } from '../../cases/contact/guard-form.tsx'
import { CaseFormFrame } from '../../cases/frame.tsx'
import { today } from '../../core/clock.server.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { Radios } from '../../ui/choices.tsx'
import { dueWords } from '../../ui/date.ts'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { EndAction, endsOf, NewAction } from './action.ts'
import { HandAction, handAction, openHandAction } from './hand.server.ts'
import { AnswerRisk, answerRisk, openAnswerRisk } from './matrix.server.ts'
import { rowWords } from './parts.tsx'
import { addAction, endAction, openEndAction, openNewAction } from './plan.server.ts'

const title = 'cases.title.case'
const endTitle = 'meetings.plan.endTitle'
const handTitle = 'meetings.plan.handTitle'
const planOf = (id: string | undefined) => `/cases/${id}/plan`

export const newActionPage = form(
  openNewAction,
  addAction,
  {
    title,
    body: (page) => {
      const { t, data } = page
      const owners = data.seats.map(({ personId, name, agency }) => ({
        value: personId,
        label: `${t(`core.agency.${agency}`)}, ${name}`,
      }))
      return (
        <CaseFormFrame t={t} head={data.head} tab="plan" title="meetings.plan.add">
          <Form page={page}>
            {data.meeting ? <input type="hidden" name="meeting" value={data.meeting} /> : null}
            <Field page={page} of={NewAction} name="what" rows={3} />
            <Field page={page} of={NewAction} name="result" rows={2} />
            <Field page={page} of={NewAction} name="owner" list options={[{ value: '', label: '–' }, ...owners]} />
            <Field page={page} of={NewAction} name="dueOn" />
            <SafeRules t={t} rules={data.safe.rules} />
            <Field page={page} of={NewAction} name="contact" />
            <Field page={page} of={NewAction} name="day" />
            <Field page={page} of={NewAction} name="time" width={5} />
            <Field page={page} of={NewAction} name="person" width={20} />
            <Because page={page} of={NewAction} />
            <Button>{t('meetings.plan.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  ({ meeting }, { id }) => ({
    to: meeting ? `/meetings/${meeting}/live/${id}` : planOf(id),
    said: 'meetings.plan.kept',
  }),
)

export const endActionPage = form(
  openEndAction,
  endAction,
  {
    title,
    body: (page) => {
      const { t, data } = page
      const { action } = data
      return (
        <CaseFormFrame t={t} head={data.head} tab="plan" title={endTitle}>
          <Summary
            rows={[
              { name: t('meetings.plan.what'), value: action.what ?? '–' },
              { name: t('meetings.plan.result'), value: action.result ?? '–' },
              {
                name: t('meetings.plan.dueOn'),
                value: `${formatDate(action.dueOn)}, ${dueWords(action.dueOn, today(), t)}`,
              },
            ]}
          />
          {action.kind === 'update' && action.state === 'open' && !data.planned ? (
            <Callout kind="attention" title={t('meetings.update.planFirst')}>
              <a href={`${planOf(data.head.id)}/${action.id}/contact`}>{t('cases.guard.plan')}</a>
            </Callout>
          ) : null}
          <Form page={page}>
            <Field
              page={page}
              of={EndAction}
              name="end"
              options={endsOf(action.kind).map((value) => ({ value, label: t(`meetings.plan.state.${value}`) }))}
            />
            <Field page={page} of={EndAction} name="outcome" rows={3} />
            <Button>{t('meetings.plan.endSave')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: planOf(id), said: 'meetings.plan.endSaved' }),
)

export const handActionPage = form(
  openHandAction,
  handAction,
  {
    title,
    body: (page) => {
      const { t, data } = page
      const owners = data.seats.map(({ personId, name, agency }) => ({
        value: personId,
        label: `${t(`core.agency.${agency}`)}, ${name}`,
      }))
      return (
        <CaseFormFrame t={t} head={data.head} tab="plan" title={handTitle}>
          <Summary
            rows={[
              { name: t('meetings.plan.what'), value: data.action.what ?? '–' },
              { name: t('meetings.plan.dueOn'), value: formatDate(data.action.dueOn) },
            ]}
          />
          <Form page={page}>
            <Field page={page} of={HandAction} name="owner" list options={owners} value={data.action.ownerId} />
            <Button>{t('meetings.plan.handSave')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: planOf(id), said: 'meetings.plan.handSaved' }),
)

export const answerRiskPage = form(
  openAnswerRisk,
  answerRisk,
  {
    title,
    body: (page) => {
      const { t, data, locale } = page
      const way = page.values.way ?? (data.row.accepted ? 'accepted' : data.row.action ? 'action' : undefined)
      const actions = data.actions.map(({ id, what, dueOn }) => ({
        value: id,
        label: `${formatDate(dueOn)} ${what ?? ''}`,
      }))
      return (
        <CaseFormFrame t={t} head={data.head} tab="plan" title="meetings.matrix.answerTitle">
          <p class="tv-lead">{rowWords(t, locale, data.row)}</p>
          <Form page={page}>
            <KeptNow page={page} of={AnswerRisk} version={data.row.answer} kept={{ accepted: data.row.accepted }} />
            <Radios
              t={t}
              id="way"
              name="way"
              label={t('meetings.matrix.way')}
              error={page.errors.way}
              value={typeof way === 'string' ? way : undefined}
              options={[
                {
                  value: 'action',
                  label: t('meetings.matrix.way.action'),
                  reveal: (
                    <Field
                      page={page}
                      of={AnswerRisk}
                      name="action"
                      list
                      value={data.row.action?.id}
                      options={[{ value: '', label: '–' }, ...actions]}
                    />
                  ),
                },
                {
                  value: 'accepted',
                  label: t('meetings.matrix.way.accepted'),
                  reveal: <Field page={page} of={AnswerRisk} name="accepted" rows={3} value={data.row.accepted} />,
                },
              ]}
            />
            <Button>{t('meetings.matrix.save')}</Button>
          </Form>
          <p>
            <a href={`${planOf(data.head.id)}/new`}>{t('meetings.matrix.newAction')}</a>
          </p>
        </CaseFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: planOf(id), said: 'meetings.matrix.saved' }),
)
