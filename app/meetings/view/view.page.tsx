// How is it written down what she wants and fears, or why nobody asked her?
import { SafeRules } from '../../cases/contact/guard-form.tsx'
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { Radios, Select } from '../../ui/choices.tsx'
import { MeetingFormFrame, meetingHref } from '../parts.tsx'
import { SayView, supportPerson } from './view.ts'
import { openView, sayView } from './views.server.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openView)['run']>>>

export const viewPage = form(
  openView,
  sayView,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      return (
        <MeetingFormFrame t={t} head={data.head} title={t('meetings.view.about', { number: data.line.number })}>
          <p class="tv-lead">{t('meetings.view.lead')}</p>
          <SafeRules t={t} rules={data.rules} />
          <p>
            <a href={`/cases/${data.line.caseId}/contact/plan`}>{t('cases.guard.plan')}</a>
          </p>
          <Ask page={page} />
        </MeetingFormFrame>
      )
    },
  },
  ({ head }) => ({ to: meetingHref(head.id), said: 'meetings.view.saved' }),
)

function Ask({ page }: { page: Page }) {
  const { t, data } = page
  const { view } = data
  const asked = page.values.asked ?? (view ? (view.on ? 'yes' : 'no') : undefined)
  return (
    <Form page={page} draft={page.path}>
      <KeptNow
        page={page}
        of={SayView}
        version={view?.id ?? null}
        kept={{ wants: view?.wants, fears: view?.fears, safer: view?.safer, why: view?.why }}
      />
      <Radios
        t={t}
        id="asked"
        name="asked"
        label={t('meetings.view.asked')}
        error={page.errors.asked}
        value={typeof asked === 'string' ? asked : undefined}
        options={[
          { value: 'yes', label: t('meetings.view.asked.yes'), reveal: <Asked page={page} /> },
          {
            value: 'no',
            label: t('meetings.view.asked.no'),
            reveal: <Field page={page} of={SayView} name="why" rows={3} value={view?.why} />,
          },
        ]}
      />
      <Button>{t('meetings.view.save')}</Button>
    </Form>
  )
}

function Asked({ page }: { page: Page }) {
  const { t, data, me } = page
  const { view } = data
  const before = view?.on ? (view.askedById ?? supportPerson) : me.id
  const askers = data.seats.map(({ personId, name, agency }) => ({
    value: personId,
    label: `${t(`core.agency.${agency}`)}, ${name}`,
  }))
  return (
    <>
      <Field page={page} of={SayView} name="wants" rows={3} value={view?.wants} />
      <Field page={page} of={SayView} name="fears" rows={3} value={view?.fears} />
      <Field page={page} of={SayView} name="safer" rows={3} value={view?.safer} />
      <Select
        t={t}
        id="by"
        name="by"
        label={t('meetings.view.by')}
        error={page.errors.by}
        value={typeof page.values.by === 'string' ? page.values.by : before}
        options={[...askers, { value: supportPerson, label: t('meetings.view.support') }]}
      />
      <Field page={page} of={SayView} name="on" value={view?.on} />
      <Field page={page} of={SayView} name="way" list value={view?.way} />
    </>
  )
}
