// Which talks are to come, which have been, and how is the next one planned?
import { Field, Form } from '../core/form/form.tsx'
import { form, get, type PageContext } from '../core/page.tsx'
import { formatDate } from '../i18n/format.ts'
import { BackLink, Button, ButtonLink } from '../ui/buttons.tsx'
import { dueWords } from '../ui/date.ts'
import { type Column, Table } from '../ui/table.tsx'
import { Tag } from '../ui/tag.tsx'
import { listSessions, openPlan, planSession, type Session } from './sessions.server.ts'
import { PlanSession, timeWords } from './supervision.ts'

type ListPage = PageContext<Awaited<ReturnType<(typeof listSessions)['run']>>>
type PlanPage = PageContext<Awaited<ReturnType<(typeof openPlan)['run']>>>

export const sessionsPage = get(listSessions, {
  title: 'supervision.session.tab',
  body: (page) => <Sessions page={page} />,
})

function Sessions({ page }: { page: ListPage }) {
  const { t, data } = page
  const planned = data.open.filter(({ whoIds }) => whoIds.length > 0)
  const others = data.open.filter(({ whoIds }) => whoIds.length === 0)
  return (
    <>
      <BackLink href="/supervision">{t('support.supervision.title')}</BackLink>
      <h1>{t('supervision.session.tab')}</h1>
      <ButtonLink href="/supervision/sessions/new">{t('supervision.session.plan')}</ButtonLink>
      <h2>{t('supervision.session.planned')}</h2>
      <Table
        caption={t('supervision.session.planned')}
        captionLook="hidden"
        columns={columns(page, (one) => <When page={page} one={one} />)}
        rows={planned}
        empty={<p>{t('supervision.session.nonePlanned')}</p>}
      />
      {others.length > 0 ? <Others page={page} rows={others} /> : null}
      <h2>{t('supervision.session.held')}</h2>
      <Table
        caption={t('supervision.session.held')}
        captionLook="hidden"
        columns={columns(page, ({ heldOn }) => (heldOn ? formatDate(heldOn) : '–'))}
        rows={data.held}
        empty={<p>{t('supervision.session.noneHeld')}</p>}
      />
    </>
  )
}

/** Covisions of others to which one may bring those whom one guides. */
function Others({ page: { t }, rows }: { page: ListPage; rows: Session[] }) {
  return (
    <>
      <h2>{t('supervision.covision.others')}</h2>
      <Table
        caption={t('supervision.covision.others')}
        captionLook="hidden"
        columns={[
          {
            name: t('supervision.session.day'),
            head: true,
            cell: (one) => <a href={`/supervision/sessions/${one.id}/join`}>{timeWords(t, one)}</a>,
          },
          { name: t('supervision.covision.leader'), cell: ({ leader }) => leader },
        ]}
        rows={rows}
        empty={null}
      />
    </>
  )
}

function When({ page: { t, data }, one }: { page: ListPage; one: Session }) {
  return (
    <>
      {timeWords(t, one)}{' '}
      {one.plannedOn < data.today ? (
        <Tag kind="attention">{t('supervision.session.unwritten')}</Tag>
      ) : (
        <span class="tv-quiet">{dueWords(one.plannedOn, data.today, t)}</span>
      )}
    </>
  )
}

function columns({ t, me }: ListPage, when: Column<Session>['cell']): Column<Session>[] {
  return [
    {
      name: t('supervision.session.who'),
      head: true,
      cell: ({ id, who }) => <a href={`/supervision/sessions/${id}`}>{who.join(', ')}</a>,
    },
    { name: t('supervision.kind'), cell: ({ kind }) => t(`supervision.kind.${kind}`) },
    { name: t('supervision.session.day'), cell: when },
    {
      name: t('supervision.session.leader'),
      cell: ({ leader, leaderId }) => (leaderId === me.id ? t('supervision.me') : leader),
    },
  ]
}

export const planSessionPage = form(
  openPlan,
  planSession,
  { title: 'supervision.session.tab', body: (page) => <Plan page={page} /> },
  ({ id }) => ({ to: `/supervision/sessions/${id}`, said: 'supervision.session.saved' }),
)

function Plan({ page }: { page: PlanPage }) {
  const { t, data, values, me } = page
  const options = data.people.map(({ id, name, code, supervisorId }) => ({
    value: id,
    label: `${name} (${code})`,
    hint: supervisorId === me.id ? undefined : t('supervision.duty.forAnother'),
  }))
  const kinds = data.kinds.map((kind) => ({ value: kind, label: t(`supervision.kind.${kind}`) }))
  const chosen = typeof values.volunteer === 'string' ? [values.volunteer] : []
  return (
    <div class="tv-narrow">
      <BackLink href="/supervision/sessions">{t('supervision.session.tab')}</BackLink>
      <h1>{t('supervision.session.plan')}</h1>
      {options.length === 0 ? (
        <p>{t('support.supervision.nobody')}</p>
      ) : (
        <>
          <p class="tv-lead">{t('supervision.session.planLead')}</p>
          <Form page={page} draft={page.path}>
            <Field page={page} of={PlanSession} name="kind" value="individual" options={kinds} />
            <Field page={page} of={PlanSession} name="volunteers" options={options} value={chosen} />
            <Field page={page} of={PlanSession} name="day" />
            <Field page={page} of={PlanSession} name="time" width={5} />
            {data.kinds.includes('covision') ? <Field page={page} of={PlanSession} name="shared" /> : null}
            <Button>{t('supervision.session.save')}</Button>
          </Form>
        </>
      )}
    </div>
  )
}
