// What does the coordinator read about one applicant, and what can be done next?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant, isoDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import { BackLink, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { Callout } from '../../ui/panel.tsx'
import { Timeline, type TimelineItem } from '../../ui/record/timeline.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Tag } from '../../ui/tag.tsx'
import { languageNames, statusName } from '../../volunteers/glance.tsx'
import { isStage, type NoReason, type Status } from '../../volunteers/volunteer.ts'
import { HeldInterviews } from '../interview/held.tsx'
import { daysWaiting, fallsThrough, toDo } from '../recruitment.ts'
import { References } from '../reference/parts.tsx'
import { type Opened, openApplicant } from './applicant.server.ts'
import { moveApplicant, takeApplication } from './moves.server.ts'
import { calledBy } from './who.ts'

type Page = PageContext<Opened>

export const applicantPage = get(openApplicant, {
  title: 'recruitment.tab',
  body: (page) => <Applicant page={page} />,
})

function Applicant({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <div class="tv-columns">
      <div>
        <BackLink href="/recruitment">{t('recruitment.title')}</BackLink>
        <h1>{calledBy(data)}</h1>
        <Standing t={t} data={data} />
        <Known t={t} data={data} />
        <Doing page={page} />
        <Contacts t={t} data={data} />
        <References page={page} id={data.id} all={data.references} />
        <HeldInterviews t={t} locale={page.locale} held={data.interviews} />
        <Written t={t} data={data} />
      </div>
      <div>
        <h2>{t('recruitment.history')}</h2>
        <Timeline items={historyOf(t, data)} locale={page.locale} level={3} />
      </div>
    </div>
  )
}

function Standing({ t, data }: { t: T; data: Opened }) {
  const { application, volunteer, way } = data
  const fresh = application?.outcome === null
  const place = fresh ? t('recruitment.place.new') : volunteer ? statusName(t, volunteer.status) : null
  const one = fresh ? { since: isoDate(application.arrivedAt), next: null, place: 'new' as const } : way
  const idle = one && fallsThrough(one, data.today, data.days)
  return (
    <>
      {place ? (
        <p>
          <Tag kind={idle ? 'attention' : 'neutral'}>{place}</Tag>{' '}
          {one ? t('recruitment.waited', { days: daysWaiting(one, data.today) }) : null}
        </p>
      ) : null}
      {application?.outcome === 'refused' ? (
        <Callout title={t('recruitment.refused')}>
          <p>{t(`recruitment.no.${application.noReason as NoReason}`)}</p>
          {application.remark ? <p>{application.remark}</p> : null}
        </Callout>
      ) : null}
      {one ? (
        <p class="tv-lead">
          {t('recruitment.nextIs')} {t(toDo(one))}
          {one.next ? ` · ${formatDate(one.next.dueOn)}, ${dueWords(one.next.dueOn, data.today, t)}` : null}
        </p>
      ) : null}
      {one?.next?.note ? <p>{one.next.note}</p> : null}
    </>
  )
}

/** What only the coordinator hears: that somebody was here before. */
function Known({ t, data: { same, before, application } }: { t: T; data: Opened }) {
  const known = application?.outcome === 'known' ? application.volunteerId : null
  if (!same && !known && before.length === 0) return null
  return (
    <Callout kind="attention" title={t('recruitment.known')}>
      {same ? (
        <p>
          {t('recruitment.knownVolunteer')} <a href={`/volunteers/${same.id}`}>{`${same.code} ${same.name}`}</a>
        </p>
      ) : null}
      {known ? (
        <p>
          <a href={`/volunteers/${known}`}>{t('recruitment.knownLink')}</a>
        </p>
      ) : null}
      {before.length > 0 ? (
        <p>
          {t('recruitment.sentBefore')}{' '}
          {before.map((one, index) => (
            <>
              {index > 0 ? ', ' : null}
              <a href={`/recruitment/${one.id}`}>{`${one.code} (${formatDate(one.arrivedAt)})`}</a>
            </>
          ))}
        </p>
      ) : null}
    </Callout>
  )
}

function Doing({ page }: { page: Page }) {
  const { t, data } = page
  const { id, application, volunteer, same } = data
  if (application?.outcome === null && page.can(takeApplication))
    return (
      <ButtonGroup>
        {same ? (
          <ButtonLink href={`/recruitment/${id}/known`}>{t('recruitment.join.action')}</ButtonLink>
        ) : (
          <ButtonLink href={`/recruitment/${id}/take`}>{t('recruitment.take.action')}</ButtonLink>
        )}
        <ButtonLink kind="secondary" href={`/recruitment/${id}/refuse`}>
          {t('recruitment.no.action')}
        </ButtonLink>
      </ButtonGroup>
    )
  if (!volunteer || !isStage(volunteer.status) || !page.can(moveApplicant)) return null
  return (
    <ButtonGroup>
      <ButtonLink href={`/recruitment/${id}/move`}>{t('recruitment.move.action')}</ButtonLink>
      <ButtonLink kind="secondary" href={`/recruitment/${id}/interview`}>
        {t('recruitment.interview.action')}
      </ButtonLink>
      <ButtonLink kind="secondary" href={`/recruitment/${id}/references/new`}>
        {t('recruitment.reference.action')}
      </ButtonLink>
      <ButtonLink kind="secondary" href={`/recruitment/${id}/step`}>
        {t('recruitment.next.action')}
      </ButtonLink>
      <ButtonLink kind="secondary" href={`/recruitment/${id}/refuse`}>
        {t('recruitment.no.action')}
      </ButtonLink>
    </ButtonGroup>
  )
}

function Contacts({ t, data: { volunteer, application, counties } }: { t: T; data: Opened }) {
  const who = volunteer ?? application?.facts
  const of = volunteer ?? application
  const mail = who?.email
  return (
    <Summary
      rows={[
        mail ? { name: t('recruitment.apply.email'), value: <a href={`mailto:${mail}`}>{mail}</a> } : null,
        who?.phone ? { name: t('recruitment.apply.phone'), value: <a href={`tel:${who.phone}`}>{who.phone}</a> } : null,
        of ? { name: t('volunteers.field.county'), value: shortCounty(counties, of.countyCode) } : null,
        of ? { name: t('recruitment.languages'), value: languageNames(t, of.languages) } : null,
        volunteer
          ? {
              name: t('recruitment.profile'),
              value: <a href={`/volunteers/${volunteer.id}`}>{volunteer.code}</a>,
              hint: t('recruitment.profileHint'),
            }
          : null,
      ]}
    />
  )
}

function Written({ t, data: { application } }: { t: T; data: Opened }) {
  if (!application) return null
  const { facts, code, arrivedAt, source, campaign, erasedAt } = application
  const heard = [t(`recruitment.source.${source}`), campaign].filter(Boolean).join(' · ')
  return (
    <section>
      <h2>{t('recruitment.application', { code })}</h2>
      {erasedAt ? <p>{t('recruitment.erased', { date: formatDate(erasedAt) })}</p> : null}
      {!facts && !erasedAt ? <p>{t('recruitment.sealedText')}</p> : null}
      <Summary
        rows={[
          { name: t('recruitment.arrived'), value: formatInstant(arrivedAt) },
          { name: t('recruitment.heard'), value: heard },
          facts ? { name: t('recruitment.why'), value: <span class="tv-written">{facts.why}</span> } : null,
          facts?.availability
            ? { name: t('recruitment.availability'), value: <span class="tv-written">{facts.availability}</span> }
            : null,
        ]}
      />
    </section>
  )
}

function historyOf(t: T, { application, lines, steps }: Opened): TimelineItem[] {
  const arrived = application ? [{ at: application.arrivedAt, title: t('recruitment.place.new') }] : []
  const decided =
    application?.decidedAt && application.outcome && application.outcome !== 'taken'
      ? [
          {
            at: application.decidedAt,
            title: t(`recruitment.outcome.${application.outcome}`),
            who: application.decidedBy ?? '',
          },
        ]
      : []
  const moved = lines.map((line) => ({
    at: line.recordedAt,
    title: statusName(t, line.status as Status),
    who: line.by,
    children: line.noReason
      ? `${t(`recruitment.no.${line.noReason as NoReason}`)}. ${line.remark ?? line.reason ?? ''}`
      : line.reason,
  }))
  const agreed = steps.map((one) => ({
    at: one.recordedAt,
    title: `${t(`recruitment.step.${one.step}`)} · ${formatDate(one.dueOn)}`,
    who: one.by,
    children: [one.owner, one.note].filter(Boolean).join(' · '),
  }))
  return [...arrived, ...decided, ...moved, ...agreed]
}
