// What is the next thing to do with a meeting, for its lead and for everybody of the core group?
import type { Child } from 'hono/jsx'
import { Tokens } from '../../core/form/form.tsx'
import type { PageContext } from '../../core/page.tsx'
import { Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { meetingHref } from '../parts.tsx'
import type { OpenedMeeting } from './agenda.server.ts'

type Page = PageContext<OpenedMeeting>

type ActProps = {
  page: PageContext<unknown>
  to: string
  children: Child
  kind?: 'primary' | 'secondary' | 'quiet'
  about?: string
}

/** A button that sends a form of its own. */
export function Act({ page, to, children, kind = 'secondary', about }: ActProps) {
  return (
    <form method="post" action={to}>
      <Tokens page={page} />
      <Button kind={kind} about={about}>
        {children}
      </Button>
    </form>
  )
}

/** What is next with the meeting itself. */
export function Next({ page }: { page: Page }) {
  const { head } = page.data
  if (head.phase === 'cancelled' || !head.own) return null
  const ahead = head.phase === 'planned' || head.phase === 'closed'
  return (
    <>
      {head.leads && ahead ? <Before page={page} /> : null}
      {head.phase === 'planned' ? null : <During page={page} />}
    </>
  )
}

/** What everybody of the core group does from the closing of the agenda on; the lead begins and ends. */
function During({ page }: { page: Page }) {
  const { t, data } = page
  const { head, waits } = data
  const first = data.lines.find((line) => !line.outcome) ?? data.lines[0]
  return (
    <ButtonGroup>
      {head.leads && head.phase === 'closed' && head.onDate <= head.today ? (
        <Act page={page} kind="primary" to={meetingHref(head.id, 'begin')}>
          {t(head.mode === 'closing' ? 'meetings.live.beginClosing' : 'meetings.live.begin')}
        </Act>
      ) : null}
      {first ? (
        <ButtonLink
          kind={head.phase === 'sitting' ? 'primary' : 'secondary'}
          href={meetingHref(head.id, `live/${first.caseId}`)}
        >
          {t('meetings.live.open')}
        </ButtonLink>
      ) : null}
      {head.leads && head.phase === 'sitting' ? (
        <Act page={page} to={meetingHref(head.id, 'end')}>
          {t('meetings.live.end')}
        </Act>
      ) : null}
      {head.phase === 'held' ? (
        <ButtonLink href={meetingHref(head.id, minutesAt(waits))}>
          {t(waits ? `meetings.minutes.${waits.step}` : 'meetings.minutes.title')}
        </ButtonLink>
      ) : null}
      <a class="govuk-link" href={meetingHref(head.id, 'research')}>
        {t('meetings.research.title')}
      </a>
      {head.mode === 'closing' ? null : (
        <a class="govuk-link" href={meetingHref(head.id, 'attendance')}>
          {t('meetings.attendance.title')}
        </a>
      )}
      <a class="govuk-link" href={meetingHref(head.id, 'pledge')}>
        {t('meetings.pledge.title')}
      </a>
    </ButtonGroup>
  )
}

/** Where the minutes that wait for me are written, or approved; before the promise of silence that is given first. */
const minutesAt = (waits: OpenedMeeting['waits']): string =>
  waits && !waits.pledged ? 'pledge' : waits?.step === 'write' ? 'minutes/write' : 'minutes'

function Before({ page }: { page: Page }) {
  const { t, data } = page
  const { head } = data
  return (
    <ButtonGroup>
      {head.phase === 'planned' && !head.invitedAt ? (
        <Act page={page} kind="primary" to={meetingHref(head.id, 'invite')}>
          {t('meetings.invite.do')}
        </Act>
      ) : null}
      {head.phase === 'planned' && head.invitedAt ? (
        <Act page={page} kind="primary" to={meetingHref(head.id, 'close')}>
          {t('meetings.close.do')}
        </Act>
      ) : null}
      <ButtonLink kind="secondary" href={meetingHref(head.id, 'add')}>
        {t('meetings.add.do')}
      </ButtonLink>
      <a class="govuk-link" href={meetingHref(head.id, 'change')}>
        {t('meetings.change.do')}
      </a>
      <a class="govuk-link" href={meetingHref(head.id, 'cancel')}>
        {t('meetings.cancel.do')}
      </a>
    </ButtonGroup>
  )
}
