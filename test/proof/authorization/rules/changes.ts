// What may be written by any statement at all, whoever asks? What was written stays; the few columns that change afterwards are these.

const columns = (text: string) => text.trim().split(/\s+/)

/** What can be added to by a statement; everything else is written by functions that ask more than a policy can. */
export const added = columns(`
  agency_seat agenda_item annex_mark assessment assignment assignment_event audit_checkpoint audit_delivery calendar_feed campaign case_action case_basis
  capacity_fact capacity_half case_brief case_closing case_decision case_diversity case_file case_follow_up case_incident case_name_key case_person case_repeat case_surname case_task case_transfer
  case_whereabouts concern confirmation contact_plan contact_rhythm draft erasure exit_talk field_device field_entry import_batch instrument interview interview_guide
  key_change mail_outbox marac_flag_lift material meeting meeting_attendance meeting_event meeting_pledge message message_copy message_read message_template minutes month_report plan_approval
  month_report_event need need_event
  network_rhythm once outgoing_case outgoing_file outing paper paper_signed paper_template passkey period_report period_report_event period_report_snapshot person person_identity
  expense reach_half recruiting_target recruitment_step reference_request research reveal sample_checklist sample_look sample_topic
  risk_answer safe_contact saved_filter sealed_key setting setting_asked substitution substitution_promise supervision_absence supervision_deputy supervision_note
  supervision_participant supervision_session victim_view visit visit_reading volunteer volunteer_area volunteer_away volunteer_evidence volunteer_limit volunteer_status volunteer_tie
  wellbeing_checkin`)

/** Columns that are not for whoever adds a row to fill: what two people decide, what the database works out, what the process notes. */
export const filledLater: Record<string, string[]> = Object.fromEntries(
  Object.entries({
    annex_mark: 'years recorded_at superseded_at',
    calendar_feed: 'created_at read_at',
    campaign: 'id version created_at ended_by ended_at',
    case_file: 'invited_at',
    case_closing: 'closed_on level assessed_on reopened_at reopened_by reopened_sealed closed_at',
    case_transfer: `number county_code level children supported actions lacks because state opened_at due_on lapses_on answered_by answered_at
      answer_sealed`,
    case_diversity: 'recorded_at superseded_at',
    reach_half: 'made_at',
    capacity_half: 'made_at',
    capacity_fact: 'id set_at',
    plan_approval: 'asked_at answer answered_by answered_at words_sealed plan',
    setting_asked: 'asked_at decision decided_by decided_at decision_reason',
    confirmation: 'decision decided_by decided_at decision_reason decision_way proposed_at stopped_at',
    erasure: 'asked_at decided_by decided_at outcome',
    expense: 'case_id sent_at decision reason_sealed decided_by decided_at withdrawn_at forgotten_at',
    field_device: 'made_at contacted_at revoked_at revoked_by emptied_at',
    field_entry: 'taken_at',
    key_change: 'id asked_at done_at done_by',
    mail_outbox: 'id created_at sent_at attempts counts to_before',
    outgoing_file: 'sent_at',
    outing: 'in_at rung ending ended_at heard_at ended_by note_sealed recorded_at',
    paper: 'made_at superseded_at superseded_reason',
    paper_signed: 'recorded_at superseded_at superseded_reason',
    passkey: 'id created_at last_used_at',
    person: 'status created_at week_letter',
    person_identity: 'provider linked_at again_at',
    reference_request: 'sent_at times_sent asked_at revoked_at answered_at form answers_sealed',
    material: 'created_at',
    recruiting_target: 'id set_at ended_by ended_at ended_why',
    ...{ sample_checklist: 'created_at', sample_look: 'looked_at', sample_topic: 'put_at' },
    substitution: 'confirmed_by confirmed_at ended_by ended_at created_at',
    substitution_promise: 'added_at done_at done_by answer_sealed',
    supervision_absence: 'told_at ended_by ended_at',
    supervision_deputy: 'from_on set_at ended_by ended_at',
    supervision_note: 'written_at',
    supervision_participant: 'attended',
    supervision_session: 'made_at held_on called_off_at',
    ...{ message: 'sent_at', message_copy: 'sent_at', message_read: 'read_at', message_template: 'created_at' },
    volunteer_away: 'told_at ended_by ended_at',
    volunteer_limit: 'told_at',
    wellbeing_checkin: 'written_at answers_sealed seen_by seen_at',
  }).map(([table, text]) => [table, columns(text)]),
)

const setAside = 'superseded_at'

/** What changes in a row after it was written. That it is whose and of which case never does. */
export const changed: Record<string, string[]> = Object.fromEntries(
  Object.entries({
    ...{
      agency_seat: setAside,
      annex_mark: setAside,
      assessment: setAside,
      case_brief: setAside,
      case_decision: setAside,
      case_person: setAside,
    },
    ...{ safe_contact: setAside, case_diversity: setAside, victim_view: setAside },
    ...{ case_whereabouts: setAside, meeting_attendance: setAside, research: setAside, risk_answer: setAside },
    ...{ visit: 'superseded_at superseded_reason', volunteer_evidence: 'superseded_at superseded_reason' },
    agenda_item: 'position removed_at removed_by removal_sealed heard_at heard_by outcome',
    application: 'outcome volunteer_id no_reason remark_sealed decided_by decided_at',
    audit_delivery: 'delivered_at problem attempts tried_at',
    break_glass: 'told_asked_at told_opened_at',
    campaign: 'name source from_on until_on target_id ended_by ended_at',
    case_action: 'state outcome_sealed ended_at ended_by owner_id agency',
    case_basis: 'proof_sealed reason_sealed picture_sealed',
    case_closing: 'reopened_at reopened_by reopened_sealed',
    case_file: `county_code municipality_code language child_count why_marac_sealed children_told_on children_told_whom_sealed
      children_not_told_sealed not_offered_at not_offered_sealed version`,
    case_task: 'done_at done_by',
    concern: 'seen_at seen_by answered_at answered_by answer_sealed closed_at closed_by',
    contact_plan: 'withdrawn_at withdrawn_by',
    draft: 'values_sealed updated_at',
    expense: 'decision reason_sealed decided_by decided_at withdrawn_at',
    import_batch: 'state counts preview_sealed decided_at',
    mail_outbox: 'sent_at attempts link_sealed to_sealed to_before',
    meeting: 'on_date starts_at cut_off_on place mode chair_id phase invited_at begun_at ended_at',
    minutes: 'approved_at approved_by',
    plan_approval: 'answer answered_by answered_at words_sealed',
    month_report: 'summary_sealed supervision_need version',
    need: 'version',
    once: 'result_sealed',
    ...{ paper: 'superseded_at superseded_reason', paper_signed: 'superseded_at superseded_reason' },
    passkey: 'name',
    period_report: 'own_text version',
    person: 'phone locale status marac_trained_on week_letter',
    person_role: 'valid_to',
    recruiting_target: 'ended_by ended_at ended_why',
    reference_request: 'token_hash expires_at sent_at times_sent revoked_at',
    substitution: 'confirmed_at confirmed_by ended_at ended_by',
    substitution_promise: 'done_at done_by answer_sealed',
    ...{ supervision_absence: 'ended_by ended_at', supervision_deputy: 'ended_by ended_at' },
    ...{ supervision_participant: 'attended', supervision_session: 'held_on called_off_at' },
    volunteer: `person_id name search_name email phone sex birth_year county_code municipality_code languages occupation has_car remote_only
      availability child_contact child_contact_reason max_cases supervisor_id notes personal_code_index personal_code_sealed version`,
    field_device: 'revoked_at revoked_by',
    volunteer_away: 'ended_by ended_at',
    volunteer_tie: 'withdrawn_at withdrawn_by withdrawn_reason',
    wall: 'told_at',
    watch_finding: 'judgement judged_by judged_at words_sealed',
    wellbeing_checkin: 'answers_sealed seen_by seen_at',
  }).map(([table, text]) => [table, columns(text)]),
)

/** What is not kept: a draft goes when its form was sent, a link to one's calendar when one ends it, and the places of a volunteer are put anew. */
export const removed = ['calendar_feed', 'draft', 'saved_filter', 'volunteer_area']

/** What no login reads: passwords, codes, links, and what guards the door. */
export const hidden = columns(
  `application_try bait_case browser_letter case_docket case_link_key case_number_left conflict_link conflict_pair conflict_word credential declared_code invitation own_code own_code_kept
  recovery_code referral referral_word sign_in_attempt sign_in_trip spent_challenge volunteer_link_key`,
)
/** … by what card somebody is known, and by what a device is, and whether a round over the log found anything (decision 35). */
export const hiddenColumns = new Set([
  ...['person_identity.subject_index', 'person_identity.seal', 'field_device.token_hash', 'watch_round.found'],
  ...['recruiting_target.needs', 'recruiting_target.fitting', 'recruiting_target.places'],
])
