// What should this volunteer do next – one thing at a time, on a phone?
import { whenWords } from '../cases/contact/guard-form.tsx'
import type { PageContext } from '../core/page.tsx'
import { formatDate, formatHours, formatMoney, formatMonth, isoDate } from '../i18n/format.ts'
import type { Locale, T } from '../i18n/i18n.ts'
import { shortName } from '../partners/county.ts'
import { ButtonGroup, ButtonLink } from '../ui/buttons.tsx'
import { daysBetween, dueWords, relativeDay } from '../ui/date.ts'
import { Callout } from '../ui/panel.tsx'
import { firstName } from './parts.tsx'
import type { VolunteerFacts } from './support.server.ts'
import { Carried, Guide, Materials, Papers, Read, Unread, WaitedFor, Year } from './volunteer-parts.tsx'

type Props = { page: PageContext<VolunteerFacts> }

export function VolunteerHome({ page }: Props) {
  const { t, data, me, locale } = page
  const [only] = data.assignments
  return (
    <div class="tv-narrow">
      <h1>{t('home.hello', { name: firstName(me.name) })}</h1>
      <WaitedFor page={page} />
      <p class="tv-lead">{nextStep(t, locale, data)}</p>
      <Proposals page={page} />
      <ButtonGroup>
        {only ? (
          <ButtonLink
            kind={data.proposals.length + data.outings.length > 0 ? 'secondary' : 'primary'}
            href={data.assignments.length === 1 ? `/support/visits/new?assignment=${only.id}` : '/support/visits/new'}
          >
            {t('home.visit.add')}
          </ButtonLink>
        ) : null}
        <ButtonLink href="/support/help" kind="danger">
          {t('home.help')}
        </ButtonLink>
      </ButtonGroup>
      <Worries page={page} />
      <Unread page={page} />
      {data.circleTold ? null : (
        <Callout title={t('home.circle')}>
          <p>{t('home.circle.text')}</p>
          <a href="/my-circle">{t('home.circle.do')}</a>
        </Callout>
      )}
      {only || data.figures.contacts > 0 ? <Month page={page} /> : null}
      <LastWord page={page} />
      <Read page={page} />
      {only ? <Supported page={page} /> : null}
      <Materials page={page} />
      <Guide page={page} />
      <Carried page={page} />
      <Year page={page} />
      <Papers page={page} />
    </div>
  )
}

// A report is asked for from a week before its day; until then visits matter more.
const soon = 7

type Now = Pick<VolunteerFacts, 'proposals' | 'report' | 'assignments' | 'planned' | 'lastVisitOn' | 'today'>

/**
 * The one thing to do next: an answer, a report sent back, what is planned for today or tomorrow, a report due, what is planned later, otherwise the
 * next visit.
 */
export function nextStep(t: T, locale: Locale, facts: Now): string {
  const { proposals, report, assignments, planned, lastVisitOn, today } = facts
  const plan = planned && plannedWords(t, locale, planned, today)
  if (proposals.length > 0) return t('home.next.proposal')
  if (report?.status === 'returned') return t('home.next.returned', { month: formatMonth(report.month, locale) })
  if (planned && plan && daysBetween(today, planned.onDate) <= 1) return plan
  if (report && daysBetween(today, report.dueOn) <= soon)
    return t('home.next.report', {
      month: formatMonth(report.month, locale),
      due: dueWords(report.dueOn, today, t),
    })
  if (plan) return plan
  if (assignments.length === 0) return t('home.next.free')
  if (!lastVisitOn) return t('home.next.first')
  return t('home.next.visit', { date: formatDate(lastVisitOn), relative: relativeDay(lastVisitOn, today, locale) })
}

function plannedWords(t: T, locale: Locale, planned: NonNullable<VolunteerFacts['planned']>, today: string): string {
  const { channel, onDate } = planned
  return t('home.next.planned', {
    what: t(`cases.contact.way.${channel}`).toLowerCase(),
    when: whenWords(t, planned),
    relative: relativeDay(onDate, today, locale),
  })
}

function Proposals({ page: { t, data } }: Props) {
  if (data.proposals.length === 0) return null
  return (
    <section>
      <h2>{t('home.proposals', { count: data.proposals.length })}</h2>
      {data.proposals.map(({ id, county, askedOn }) => {
        const where = shortName(county ?? '')
        const date = formatDate(askedOn)
        return (
          <div class="tv-card">
            <p>{where ? t('home.proposal.text', { where, date }) : t('home.proposal.textNowhere', { date })}</p>
            <ButtonLink href={`/proposals/${id}`} about={where}>
              {t('home.proposal.do')}
            </ButtonLink>
          </div>
        )
      })}
    </section>
  )
}

// An answer is news for two weeks; a worry without one stays until it has one.
const isNews = (today: string) => (concern: VolunteerFacts['concerns'][number]) =>
  concern.state !== 'answered' || daysBetween(isoDate(concern.raisedAt), today) <= 14

function Worries({ page: { t, data } }: Props) {
  return (
    <>
      {data.concerns.filter(isNews(data.today)).map(({ raisedAt, state }) =>
        state === 'closed' ? null : (
          <Callout kind={state === 'answered' ? 'note' : 'attention'}>
            <p>{t(`home.worry.${state}`, { date: formatDate(isoDate(raisedAt)) })}</p>
          </Callout>
        ),
      )}
    </>
  )
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

function Month({ page: { t, data, locale } }: Props) {
  const { contacts, minutes, expenseCents } = data.figures
  const figures = [
    contacts === 0 ? t('home.own.none') : t('home.own.contacts', { count: contacts }),
    minutes > 0 ? t('home.own.hours', { hours: formatHours(minutes) }) : null,
    expenseCents > 0 ? t('home.own.expenses', { amount: formatMoney(expenseCents) }) : null,
  ].filter((part) => part !== null)
  const { report } = data
  return (
    <section>
      <h2>{capital(formatMonth(data.month, locale))}</h2>
      <p>
        <strong>{capital(figures.join(' · '))}</strong>
        <br />
        <a href="/support/visits">{t('home.own.visits')}</a> · <a href="/field">{t('field.home')}</a>
      </p>
      {report ? (
        <p>
          {t('home.own.due', {
            month: formatMonth(report.month, locale),
            date: formatDate(report.dueOn),
            due: dueWords(report.dueOn, data.today, t),
          })}
          <br />
          <a href={`/support/reports/${report.month}`}>{t('home.own.write')}</a>
        </p>
      ) : null}
    </section>
  )
}

function LastWord({ page: { t, data, locale } }: Props) {
  const { lastWord } = data
  if (!lastWord) return null
  const name = lastWord.by ?? t('home.word.somebody')
  return (
    <Callout title={t('home.word', { name, month: formatMonth(lastWord.month, locale) })}>
      <p>„{lastWord.text}“</p>
    </Callout>
  )
}

function Supported({ page: { t, data } }: Props) {
  const { planned } = data
  return (
    <section>
      <h2>{t('home.own.cases')}</h2>
      <ul>
        {data.assignments.map(({ id, number, startOn }) => (
          <li>
            <a href={`/assignments/${id}`}>{number}</a>{' '}
            {startOn ? <span class="tv-quiet">{t('home.own.since', { date: formatDate(startOn) })}</span> : null}
            <br />
            <a href={`/assignments/${id}/contact`}>
              {t(planned?.assignmentId === id ? 'support.next.planned' : 'support.next.plan')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
