// What finds somebody who steps in for a supervisor, and how does one say that one is away?
import { fresh } from '../access/fresh.ts'
import { Field, Form, Tokens } from '../core/form/form.tsx'
import { action, form, get, type PageContext } from '../core/page.tsx'
import { formatDate, formatMonth } from '../i18n/format.ts'
import { BackLink, Button } from '../ui/buttons.tsx'
import { dueWords } from '../ui/date.ts'
import { Callout } from '../ui/panel.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { type Task, Tasks } from '../ui/tasks.tsx'
import { type Absence, type Brief, endAbsence, openAway, openDuty, tellAbsence } from './duty.server.ts'
import { TellAbsence } from './supervision.ts'

type DutyPage = PageContext<Awaited<ReturnType<(typeof openDuty)['run']>>>
type AwayPage = PageContext<Awaited<ReturnType<(typeof openAway)['run']>>>

export const dutyPage = get(openDuty, { title: 'supervision.duty.tab', body: (page) => <Duty page={page} /> })

function Duty({ page }: { page: DutyPage }) {
  const { t, data } = page
  return (
    <>
      <BackLink href="/supervision">{t('support.supervision.title')}</BackLink>
      <h1>{t('supervision.duty.tab')}</h1>
      {data.briefs.length === 0 ? (
        <p>{t('supervision.duty.none')}</p>
      ) : (
        <p class="tv-lead">{t('supervision.duty.lead')}</p>
      )}
      {data.briefs.map((brief) => (
        <section>
          <h2>{brief.supervisor}</h2>
          <p>
            {brief.until
              ? t('supervision.duty.away', { name: brief.supervisor, date: formatDate(brief.until) })
              : t('supervision.duty.lapse', { name: brief.supervisor })}
          </p>
          <Tasks
            tasks={brief.people.flatMap((person) => tasksOf(page, person))}
            empty={<p>{t('supervision.duty.quiet')}</p>}
          />
          <People page={page} people={brief.people} />
        </section>
      ))}
    </>
  )
}

type Guided = Brief['people'][number]

function tasksOf({ t, locale, data }: DutyPage, person: Guided): Task[] {
  const { id, name } = person
  const open = (href: string) => ({ href, text: t('home.open') })
  return [
    ...person.worries.map(
      ({ id: worry, number, late }): Task => ({
        ...{ kind: 'danger', text: t('supervision.duty.worry', { name, number }), action: open(`/concerns/${worry}`) },
        hint: late ? t('home.danger.late') : undefined,
      }),
    ),
    ...person.waiting.map(
      ({ id: report, month }): Task => ({
        kind: 'wait',
        text: t('home.waiting.report', { name, month: formatMonth(month.slice(0, 7), locale) }),
        action: open(`/supervision/reports/${report}`),
      }),
    ),
    ...person.late.map(
      ({ id: report, month, dueOn }): Task => ({
        kind: 'neutral',
        text: t('home.late.report', { name, month: formatMonth(month.slice(0, 7), locale) }),
        hint: dueWords(dueOn, data.today, t),
        action: open(`/supervision/reports/${report}`),
      }),
    ),
    ...(person.quiet
      ? [{ kind: 'attention', text: t('home.quiet', { name }), action: open(`/supervision/volunteers/${id}`) } as Task]
      : []),
    ...(person.dueOn && person.dueOn < data.today
      ? [
          {
            kind: 'attention',
            text: t('supervision.duty.overdue', { name }),
            hint: dueWords(person.dueOn, data.today, t),
            action: { href: `/supervision/sessions/new?volunteer=${id}`, text: t('supervision.session.plan') },
          } as Task,
        ]
      : []),
    ...person.sessions.map(
      (session): Task => ({
        kind: session.plannedOn < data.today ? 'attention' : 'neutral',
        text: t('supervision.duty.session', { name, date: formatDate(session.plannedOn) }),
        action: open(`/supervision/sessions/${session.id}`),
      }),
    ),
  ]
}

function People({ page: { t }, people }: { page: DutyPage; people: Guided[] }) {
  const columns: Column<Guided>[] = [
    {
      name: t('support.volunteer'),
      head: true,
      cell: ({ id, name, code }) => (
        <>
          <a href={`/supervision/volunteers/${id}`}>{name}</a> <span class="tv-quiet tv-nowrap">{code}</span>
        </>
      ),
    },
    { name: t('supervision.duty.reach'), cell: ({ phone }) => (phone ? <a href={`tel:${phone}`}>{phone}</a> : '–') },
    { name: t('support.supervision.active'), number: true, cell: ({ active }) => active },
    { name: t('support.supervision.last'), cell: ({ last }) => (last ? formatDate(last) : '–') },
  ]
  return (
    <Table
      caption={t('support.supervision.people')}
      captionLook="hidden"
      columns={columns}
      rows={people}
      empty={null}
    />
  )
}

const saved = {
  deputy: 'supervision.away.saved',
  others: 'supervision.away.savedOthers',
  nobody: 'supervision.away.savedUncovered',
} as const

export const awayPage = fresh(
  form(openAway, tellAbsence, { title: 'supervision.away.tab', body: (page) => <Away page={page} /> }, ({ by }) => ({
    to: '/supervision/away',
    said: saved[by ?? 'nobody'],
  })),
  { forWhom: (me) => me.roles.includes('coordinator') },
)

export const endAwayAction = action(endAbsence, ({ guides }) => ({
  to: '/supervision/away',
  said: guides ? 'supervision.away.ended' : 'supervision.away.endedWork',
}))

function Away({ page }: { page: AwayPage }) {
  const { t, data, me } = page
  const speaksForAll = me.roles.includes('coordinator')
  const guides = me.roles.includes('supervisor')
  const leads = me.roles.includes('lead')
  const options = data.supervisors.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div class="tv-narrow">
      <BackLink href={speaksForAll ? '/supervision/coverage' : guides ? '/supervision' : '/'}>{t('ui.back')}</BackLink>
      <h1>{t('supervision.away.tab')}</h1>
      {speaksForAll || guides ? (
        <p class="tv-lead">{t(speaksForAll ? 'supervision.away.leadAll' : 'supervision.away.lead')}</p>
      ) : null}
      {leads && !speaksForAll ? <p class={guides ? undefined : 'tv-lead'}>{t('supervision.away.leadWork')}</p> : null}
      {speaksForAll || !guides ? null : data.deputy ? (
        <p>{t('supervision.away.deputy', { name: data.deputy })}</p>
      ) : (
        <Callout kind="attention">{t('supervision.away.noDeputy')}</Callout>
      )}
      <Table
        caption={t('supervision.away.now')}
        columns={columns(page)}
        rows={data.absences}
        empty={<p>{t('supervision.away.none')}</p>}
      />
      <h2>{t('supervision.away.tell')}</h2>
      <Form page={page}>
        {speaksForAll ? <Field page={page} of={TellAbsence} name="supervisor" options={options} list /> : null}
        <Field page={page} of={TellAbsence} name="fromOn" value={data.today} />
        <Field page={page} of={TellAbsence} name="toOn" />
        <Button>{t('supervision.away.save')}</Button>
      </Form>
    </div>
  )
}

function columns(page: AwayPage): Column<Absence>[] {
  const { t } = page
  return [
    { name: t('support.supervisor'), head: true, cell: ({ name }) => name },
    { name: t('supervision.away.days'), cell: ({ fromOn, toOn }) => `${formatDate(fromOn)}–${formatDate(toOn)}` },
    {
      name: t('supervision.deputy.deputy'),
      cell: ({ deputy, leads }) => deputy ?? t(leads ? 'supervision.away.others' : 'supervision.deputy.none'),
    },
    {
      name: t('supervision.away.back'),
      silent: true,
      cell: ({ id, name }) => (
        <form method="post" action={`/supervision/away/${id}/end`}>
          <Tokens page={page} />
          <Button kind="quiet" about={name}>
            {t('supervision.away.back')}
          </Button>
        </form>
      ),
    },
  ]
}
