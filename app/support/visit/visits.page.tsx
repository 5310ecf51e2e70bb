// How does a support person write down, look at and put right what was done?
import { addDays } from '../../core/calendar/working-days.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form, get, type Next, type PageContext } from '../../core/page.tsx'
import { formatDate, formatMoney, formatMonth } from '../../i18n/format.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Radios, Select } from '../../ui/choices.tsx'
import { Callout, HelpNumbers } from '../../ui/panel.tsx'
import { Tabs } from '../../ui/record/tabs-as-links.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Reading } from '../feedback/words.tsx'
import { sumOf } from '../report/month-report.ts'
import { CorrectVisit, quickMinutes, VisitFields } from './visit.ts'
import { VisitQuestions } from './visit-form.tsx'
import { correctVisit, logVisit, openVisit, openVisitForm } from './visits.server.ts'
import { listVisits } from './visits-read.server.ts'
import { Danger, dayOf, durationWords, figureWords, OutsideWords, VisitTable } from './words.tsx'

type Answer<Q extends { run: (...args: never[]) => Promise<unknown> }> = Awaited<ReturnType<Q['run']>>
type FormPage = PageContext<Answer<typeof openVisitForm>>
type ListPage = PageContext<Answer<typeof listVisits>>
type OnePage = PageContext<Answer<typeof openVisit>>

// A danger is answered with the numbers to call and the names of those who know; everything else with a short word.
type Done = { concernId: string | null; outside: boolean; month: string; mine: boolean }
function afterwards({ concernId, outside, month, mine }: Done): Next {
  if (concernId) return `/support/help/${concernId}`
  return {
    to: mine ? `/support/visits?month=${month}` : '/supervision',
    said: outside ? 'support.visit.savedOutside' : 'support.visit.saved',
  }
}

export const newVisitPage = form(
  openVisitForm,
  logVisit,
  { title: 'support.title.visits', body: (page) => <NewVisit page={page} /> },
  afterwards,
)

function NewVisit({ page }: { page: FormPage }) {
  const { t, data, me } = page
  const back = me.roles.includes('volunteer') ? '/support/visits' : '/supervision'
  return (
    <div class="tv-narrow">
      <BackLink href={back}>{t('ui.back')}</BackLink>
      <h1>{t('support.visit.new')}</h1>
      {data.assignments.length === 0 ? (
        <p>{t('support.visit.noAssignment')}</p>
      ) : (
        <Form page={page} draft={page.path}>
          <Newer page={page} />
          <Assignment page={page} />
          <VisitQuestions page={page} today={data.today} before={data.known ?? undefined} />
          <Button>{t('support.visit.save')}</Button>
        </Form>
      )}
    </div>
  )
}

/** What was typed is not written over by what was learnt of the meeting since, and does not hide it either: both are there to be read. */
function Newer({ page }: { page: FormPage }) {
  const { t, data } = page
  if (!data.known) return null
  const { onDate, minutes, way, version } = data.known
  const near = onDate === data.today || onDate === addDays(data.today, -1)
  const quick = quickMinutes.some((one) => one === minutes)
  const beside = [
    {
      ...(near ? { name: 'day', value: onDate } : { name: 'otherDay', value: formatDate(onDate) }),
      ...{ label: t('support.visit.day'), text: formatDate(onDate) },
    },
    {
      ...{ name: quick ? 'minutes' : 'ownMinutes', value: String(minutes) },
      ...{ label: t('support.visit.minutes'), text: durationWords(t, minutes) },
    },
  ]
  return <KeptNow page={page} of={VisitFields} version={version} kept={{ way }} beside={beside} />
}

function Assignment({ page }: { page: FormPage }) {
  const { t, data } = page
  const [only, second] = data.assignments
  const words = ({ number, name, mine }: (typeof data.assignments)[number]) => (mine ? number : `${number} · ${name}`)
  if (only && !second)
    return (
      <p>
        {t('support.caseNumber')}: <strong>{words(only)}</strong>
        <input type="hidden" name="assignment" value={only.id} />
      </p>
    )
  const base = {
    ...{ t, id: 'assignment', name: 'assignment', label: t('support.visit.assignment') },
    options: data.assignments.map((one) => ({ value: one.id, label: words(one) })),
    value: String(page.values.assignment ?? data.chosen ?? ''),
    error: page.errors.assignment,
  }
  return data.assignments.length > 4 ? <Select {...base} /> : <Radios {...base} />
}

export const visitsPage = get(listVisits, { title: 'support.title.visits', body: (page) => <Visits page={page} /> })

function Visits({ page }: { page: ListPage }) {
  const { t, locale, data } = page
  const name = formatMonth(data.month, locale)
  const tabs = data.months.slice(0, 6).map((month) => ({
    href: `/support/visits?month=${month}`,
    text: formatMonth(month, locale),
    current: month === data.month,
  }))
  return (
    <>
      <h1>{t('support.visit.list')}</h1>
      <p class="tv-lead">
        {name}: {figureWords(t, sumOf(data.visits))}
      </p>
      <ButtonGroup>
        <ButtonLink href="/support/visits/new">{t('support.visit.new')}</ButtonLink>
        <ButtonLink href="/support/help" kind="danger">
          {t('support.help.title')}
        </ButtonLink>
      </ButtonGroup>
      {tabs.length > 1 ? <Tabs label={t('support.visit.months')} tabs={tabs} /> : null}
      <h2>{name}</h2>
      <VisitTable
        {...{ t, locale, visits: data.visits.toReversed(), caption: `${t('support.visit.list')}, ${name}`, link: true }}
        empty={<p>{t('support.visit.none')}</p>}
      />
      <p>
        <a href="/samples/checklist">{t('supervision.sample.whatIsLookedAt')}</a>
      </p>
    </>
  )
}

export const visitPage = get(openVisit, { title: 'support.title.visits', body: (page) => <One page={page} /> })

function One({ page }: { page: OnePage }) {
  const { t, data, locale } = page
  const { visit } = data
  const back = visit.mine ? `/support/visits?month=${visit.onDate.slice(0, 7)}` : '/supervision'
  return (
    <div class="tv-narrow">
      <BackLink href={back}>{t('ui.back')}</BackLink>
      <h1>
        {t('support.visit.one')} {dayOf(t, locale, visit)}
      </h1>
      {visit.supersededAt ? <Callout kind="attention">{t('support.visit.superseded')}</Callout> : null}
      <Summary
        rows={[
          { name: t('support.caseNumber'), value: visit.number },
          { name: t('support.visit.way'), value: t(`support.way.${visit.way}`) },
          { name: t('support.visit.minutes'), value: durationWords(t, visit.minutes) },
          visit.expenseCents > 0 && {
            name: t('support.visit.expense'),
            value: [formatMoney(visit.expenseCents), visit.expenseNote].filter(Boolean).join(', '),
          },
          visit.danger && { name: t('support.visit.flag'), value: <Danger t={t} /> },
          visit.outside.length > 0 && { name: t('support.outside.name'), value: <OutsideWords t={t} visit={visit} /> },
          { name: t('support.visit.note'), value: noteWords(page) },
          { name: t('support.visit.recorded'), value: recordedWords(page) },
        ]}
      />
      <Earlier page={page} />
      {data.readings.map((reading) => (
        <Reading t={t} reading={reading} />
      ))}
      {data.correctable ? (
        <ButtonLink href={`/support/visits/${visit.id}/correct`} kind="secondary">
          {t('support.visit.correct')}
        </ButtonLink>
      ) : (
        <p class="tv-quiet">{t('support.visit.fixed')}</p>
      )}
    </div>
  )
}

function noteWords({ t, data: { visit } }: OnePage): string {
  if (visit.closed) return t('support.visit.noteClosed')
  return visit.note ?? t('support.visit.noNote')
}

const recordedWords = ({ data: { visit } }: OnePage) =>
  [formatDate(visit.recordedAt), visit.recordedByName].filter(Boolean).join(', ')

function Earlier({ page: { t, data } }: { page: OnePage }) {
  const { earlier } = data
  if (!earlier) return null
  const was = { date: formatDate(earlier.onDate), length: durationWords(t, earlier.minutes) }
  return (
    <p class="tv-quiet">
      {t('support.visit.earlier', was)} {t('support.visit.because', { reason: earlier.supersededReason ?? '' })}
    </p>
  )
}

export const correctVisitPage = form(
  openVisit,
  correctVisit,
  { title: 'support.title.visits', body: (page) => <Correct page={page} /> },
  afterwards,
)

function Correct({ page }: { page: OnePage }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/support/visits/${data.visit.id}`}>{t('ui.back')}</BackLink>
      <h1>{t('support.visit.correct')}</h1>
      {data.correctable ? (
        <>
          <p class="tv-lead">{t('support.visit.correctLead')}</p>
          <Form page={page} draft={page.path}>
            <VisitQuestions page={page} today={data.today} before={data.visit} />
            <Field page={page} of={CorrectVisit} name="reason" />
            <Button>{t('support.visit.saveCorrection')}</Button>
          </Form>
        </>
      ) : (
        <>
          <p>{t('support.visit.fixed')}</p>
          <HelpNumbers t={t} />
        </>
      )}
    </div>
  )
}
