// What has happened in this case, when and by whom?
import { sql } from 'kysely'
import { query } from '../core/operation.server.ts'
import { CaseId } from './case.ts'
import { aboutCase, caseHead } from './case-file.server.ts'
import { readers } from './cases.server.ts'

export const eventKinds = [
  'referred',
  'assessed',
  'corrected',
  'imported',
  'task',
  'task-done',
  'task-gone',
  'need',
  'assignment',
  'place',
  'brief',
  'basis',
  'identity',
  'adult-added',
  'perpetrator-added',
  'child-added',
  'adult-withdrawn',
  'perpetrator-withdrawn',
  'child-withdrawn',
  'case-closed',
  'case-reopened',
  'follow-up',
  'incident',
  'heard',
  'view',
  'action',
  'action-ended',
  'update',
  'update-ended',
  'plan-asked',
  'plan-approved',
  'plan-returned',
  'transfer-open',
  'transfer-accepted',
  'transfer-refused',
  'transfer-revoked',
  'transfer-lapsed',
  'contact-rules',
  'safety-plan',
  'not-offered',
  'contact-planned',
  'contact-against',
  'contact-outside',
  'concern',
  'concern-answered',
  'concern-closed',
] as const
/** `detail` is a word of a closed list (a level, a kind of task, a state), never free text. */
export type CaseEvent = {
  at: Date
  onDate: string | null
  kind: (typeof eventKinds)[number]
  detail: string | null
  who: string | null
}

// As JSON tells it: an instant is a text.
type Told = Omit<CaseEvent, 'at'> & { at: string }

/** Drawn from the records themselves, so that nothing has to be written twice; each person sees what the policies let them. */
const eventsOf = (caseId: string) => sql`
    select e.at, e.on_date, e.kind, e.detail, (select p.name from person p where p.id = e.by_id) as who from (
      select created_at as at, referred_on as on_date, 'referred' as kind, source as detail, created_by as by_id from case_file where id = ${caseId}
      union all select recorded_at, made_on, case when state = 'imported' then 'imported' when corrects_id is not null then 'corrected' else 'assessed' end,
        level, assessor_id from assessment where case_id = ${caseId} and state <> 'draft'
      union all select created_at, null, 'task', kind, null from case_task where case_id = ${caseId} and kind not in ('assess-again', 'follow-up')
      union all select done_at, null, case when done_by is null then 'task-gone' else 'task-done' end, kind, done_by from case_task where case_id = ${caseId} and done_at is not null and kind not in ('assess-again', 'follow-up')
      union all select recorded_at, on_date, 'need', kind, recorded_by from need_event where case_id = ${caseId}
        and kind in ('offered', 'declined', 'opened', 'closed')
      union all select not_offered_at, null, 'not-offered', null, null from case_file where id = ${caseId} and not_offered_at is not null
      union all select recorded_at, on_date, 'assignment', kind, recorded_by from assignment_event where case_id = ${caseId}
      union all select recorded_at, null, 'place', kind, null from whereabouts_of(${caseId}::uuid)
      union all select recorded_at, on_date, 'basis', case when kind = 'withdrawn' then 'withdrawn-' || goes_on else kind end, recorded_by
        from case_basis where case_id = ${caseId} and not (kind = 'imported')
      union all select closed_at, closed_on, 'case-closed', reason, closed_by from case_closing where case_id = ${caseId}
      union all select reopened_at, null, 'case-reopened', null, reopened_by from case_closing where case_id = ${caseId} and reopened_at is not null
      union all select recorded_at, on_date, 'follow-up', state, recorded_by from case_follow_up where case_id = ${caseId}
      union all select opened_at, null, 'transfer-open', reason, opened_by from case_transfer where case_id = ${caseId}
      union all select answered_at, null, 'transfer-' || state, because, answered_by from case_transfer where case_id = ${caseId} and state <> 'open'
      union all select recorded_at, null, 'contact-rules', null, recorded_by from safe_contact where case_id = ${caseId} and part = 'rules'
      union all select recorded_at, null, 'safety-plan', null, recorded_by from safe_contact where case_id = ${caseId} and part = 'plan'
      union all select recorded_at, on_date, case when broken = '{}' then 'contact-planned' else 'contact-against' end, channel, recorded_by
        from contact_plan where case_id = ${caseId}
      union all select recorded_at, on_date, 'contact-outside', way, recorded_by from visit where case_id = ${caseId} and outside <> '{}' and superseded_at is null
      union all select w.at, null, w.step, case w.step when 'concern' then c.kind end, w.by_id from concern c cross join lateral (values
        ('concern', c.raised_at, c.raised_by), ('concern-answered', c.answered_at, c.answered_by), ('concern-closed', c.closed_at, c.closed_by)) w (step, at, by_id)
        where c.case_id = ${caseId} and w.at is not null
      union all select at, null, 'identity', kind, by_id from corrections_of(${caseId}::uuid)
      union all select at, null, kind, null, by_id from people_changes(${caseId}::uuid)
      union all select recorded_at, on_date, 'incident', kind, recorded_by from case_incident where case_id = ${caseId} and kind is not null
      union all select i.heard_at, m.on_date, 'heard', i.outcome, i.heard_by from agenda_item i join meeting m on m.id = i.meeting_id
        where i.case_id = ${caseId} and i.heard_at is not null
      union all select recorded_at, asked_on, 'view', case when asked_on is null then 'not_asked' else 'asked' end, recorded_by
        from victim_view where case_id = ${caseId} and superseded_at is null
      union all select recorded_at, null, kind, agency, recorded_by from case_action where case_id = ${caseId}
      union all select ended_at, null, kind || '-ended', state, ended_by from case_action where case_id = ${caseId} and ended_at is not null
      union all select asked_at, null, 'plan-asked', null, asked_by from plan_approval where case_id = ${caseId}
      union all select answered_at, null, 'plan-' || answer, case when answered_by = asked_by then 'self' end, answered_by
        from plan_approval where case_id = ${caseId} and answer is not null
      union all select recorded_at, null, 'brief', null, recorded_by from case_brief where case_id = ${caseId}
    ) e
    order by e.at desc`

/** What is still to come: a meeting at which the case is spoken of, what somebody has promised, what has to be done. */
export type Ahead = {
  kind: 'meeting' | 'action' | 'update' | 'task'
  onDate: string
  detail: string | null
  meetingId: string | null
}

const aheadOf = (caseId: string) => sql`
    select 'meeting' as kind, m.on_date, i.kind as detail, m.id as meeting_id from agenda_item i join meeting m on m.id = i.meeting_id
      where i.case_id = ${caseId} and i.removed_at is null and i.heard_at is null and m.phase not in ('held', 'cancelled')
    union all select kind, due_on, agency, null from case_action where case_id = ${caseId} and state = 'open'
    union all select 'task', due_on, kind, null from case_task where case_id = ${caseId} and done_at is null
    order by 2, 1`

type Both = { events: Told[]; ahead: Ahead[] }

export const openTimeline = query(
  'case.timeline',
  { roles: readers, input: CaseId, about: aboutCase },
  async (db, input, me) => {
    const both = sql`, (select coalesce(json_agg(event), '[]') from (${eventsOf(input.id)}) event) as events,
      (select coalesce(json_agg(one), '[]') from (${aheadOf(input.id)}) one) as ahead`
    const head = await caseHead<Both>(db, me, input.id, both)
    const events = head.events.map((event): CaseEvent => ({ ...event, at: new Date(event.at) }))
    return { head, events, ahead: head.ahead }
  },
)
