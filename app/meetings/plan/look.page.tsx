// How does somebody from outside the network say why, and then read for some minutes what is to be done?
import { fresh } from '../../access/fresh.ts'
import { CaseFormFrame } from '../../cases/frame.tsx'
import { Field, Form } from '../../core/form/form.tsx'
import { form, type Page, reply, type View } from '../../core/page.tsx'
import { formatDate, formatTime } from '../../i18n/format.ts'
import { Button, ButtonLink } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import type { Action } from './action.ts'
import { LookPlan, lookPlan, openLookPlan } from './look.server.ts'
import { ActionTag } from './parts.tsx'

const asked = form(
  openLookPlan,
  lookPlan,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} tab="plan" title="meetings.plan.look">
          <p>{t('cases.reveal.lead', { minutes: data.minutes })}</p>
          <Form page={page}>
            <Field page={page} of={LookPlan} name="reason" rows={2} />
            <Button>{t('cases.reveal.show')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  () => '/cases',
)

const showing: View<Awaited<ReturnType<(typeof lookPlan)['run']>>> = {
  title: 'cases.title.case',
  closes: ({ until, head }) => ({ at: until, to: `/cases/${head.id}/plan` }),
  body: ({ t, data }) => (
    <CaseFormFrame t={t} head={data.head} tab="plan" title="meetings.plan.actions">
      <p class="tv-quiet">{t('meetings.plan.shownUntil', { time: formatTime(data.until) })}</p>
      <Table<Action>
        caption={t('meetings.plan.actions')}
        captionLook="hidden"
        rows={data.actions}
        empty={<p>{t('meetings.plan.empty')}</p>}
        columns={[
          { name: t('meetings.plan.what'), head: true, cell: (action) => action.what ?? '–' },
          { name: t('meetings.plan.result'), cell: (action) => action.result ?? '–' },
          { name: t('meetings.plan.dueOn'), cell: (action) => formatDate(action.dueOn) },
          {
            name: t('meetings.column.phase'),
            cell: (action) => <ActionTag t={t} action={action} today={data.head.today} />,
          },
          { name: t('meetings.plan.outcome'), cell: (action) => action.outcome ?? '–' },
        ]}
      />
      <ButtonLink href={`/cases/${data.head.id}/plan`}>{t('cases.reveal.done')}</ButtonLink>
    </CaseFormFrame>
  ),
}

const answered = reply(lookPlan, showing)

/** Asks on GET; on POST the words are shown at once, on a page that no browser keeps. Without a reason it asks again. */
export const lookPlanPage: Page = fresh({
  operations: asked.operations,
  get: asked.get,
  post: async (c) => {
    const reason = c.get('values').reason
    return typeof reason === 'string' && LookPlan.shape.reason.safeParse(reason).success
      ? answered.post?.(c)
      : asked.post?.(c)
  },
} as Page)
