// Which columns hold sealed values, and whose key opens them? Whoever adds one adds it here; a test compares with the database.

/** `case_id`, `id`…: the column that names the owner of the key; `process` where the process itself seals. */
export type SealedColumn = { table: string; column: string; owner: string | 'process'; kind: SealedKind }
export type SealedKind =
  | 'case'
  | 'volunteer'
  | 'import'
  | 'report'
  | 'session'
  | 'checkin'
  | 'reference'
  | 'circle'
  | 'expense'
  | 'process'

const of = (kind: SealedKind, owner: string, table: string, ...columns: string[]): SealedColumn[] =>
  columns.map((column) => ({ table, column, owner, kind }))

export const sealedColumns: readonly SealedColumn[] = [
  ...of(
    'case',
    'id',
    'case_file',
    'why_marac_sealed',
    'children_told_whom_sealed',
    'children_not_told_sealed',
    'not_offered_sealed',
  ),
  ...of('case', 'case_id', 'case_person', 'given_name_sealed', 'family_name_sealed', 'personal_code_sealed'),
  ...of('case', 'case_id', 'case_person', 'relation_sealed'),
  ...of('case', 'case_id', 'case_person', 'correction_sealed', 'former_names_sealed', 'risk_sealed'),
  ...of('case', 'case_id', 'case_person', 'withdrawn_sealed'),
  ...of('case', 'case_id', 'case_basis', 'proof_sealed', 'reason_sealed', 'picture_sealed'),
  ...of('case', 'case_id', 'case_closing', 'words_sealed', 'reopened_sealed'),
  ...of('case', 'case_id', 'case_follow_up', 'note_sealed'),
  ...of('case', 'case_id', 'case_incident', 'words_sealed'),
  ...of('case', 'case_id', 'case_whereabouts', 'value_sealed'),
  ...of('case', 'case_id', 'assessment', 'answers_sealed', 'judgement_reason_sealed', 'correction_reason_sealed'),
  ...of('case', 'case_id', 'case_brief', 'given_name_sealed', 'safety_note_sealed', 'tasks_sealed'),
  ...of('case', 'case_id', 'safe_contact', 'words_sealed'),
  ...of('case', 'case_id', 'contact_plan', 'why_sealed', 'person_sealed'),
  ...of('case', 'case_id', 'visit', 'note_sealed'),
  ...of('case', 'case_id', 'concern', 'answer_sealed'),
  ...of('case', 'case_id', 'agenda_item', 'reason_sealed', 'removal_sealed'),
  ...of('case', 'case_id', 'research', 'words_sealed', 'relevance_sealed'),
  ...of('case', 'case_id', 'case_decision', 'words_sealed', 'reason_sealed'),
  ...of('case', 'case_id', 'annex_mark', 'from_sealed'),
  ...of('case', 'case_id', 'victim_view', 'wants_sealed', 'fears_sealed', 'safer_sealed', 'not_asked_sealed'),
  ...of('case', 'case_id', 'case_action', 'what_sealed', 'result_sealed', 'outcome_sealed'),
  ...of('case', 'case_id', 'risk_answer', 'accepted_sealed'),
  ...of('case', 'case_id', 'plan_approval', 'words_sealed'),
  ...of('case', 'case_id', 'referral_word', 'words_sealed'),
  ...of('case', 'case_id', 'case_transfer', 'ground_sealed', 'words_sealed', 'why_sealed'),
  ...of('volunteer', 'id', 'volunteer', 'personal_code_sealed'),
  ...of('volunteer', 'id', 'application', 'facts_sealed', 'remark_sealed'),
  ...of('volunteer', 'volunteer_id', 'volunteer_status', 'remark_sealed'),
  ...of('volunteer', 'volunteer_id', 'interview', 'answers_sealed'),
  ...of('volunteer', 'volunteer_id', 'paper', 'facts_sealed'),
  ...of('volunteer', 'volunteer_id', 'exit_talk', 'answers_sealed'),
  ...of('volunteer', 'volunteer_id', 'paper_signed', 'file_sealed', 'signatures_sealed'),
  ...of('volunteer', 'volunteer_id', 'reference_request', 'referee_sealed'),
  ...of('reference', 'id', 'reference_request', 'answers_sealed'),
  ...of('report', 'id', 'month_report', 'summary_sealed'),
  ...of('case', 'case_id', 'visit_reading', 'reply_sealed'),
  ...of('case', 'case_id', 'sample_look', 'notes_sealed'),
  ...of('case', 'case_id', 'conflict_word', 'reason_sealed'),
  ...of('checkin', 'id', 'wellbeing_checkin', 'answers_sealed'),
  ...of('circle', 'id', 'volunteer_circle', 'value_sealed'),
  ...of('expense', 'id', 'expense', 'words_sealed', 'receipt_sealed', 'reason_sealed'),
  ...of('session', 'session_id', 'supervision_note', 'words_sealed'),
  ...of('import', 'id', 'import_batch', 'preview_sealed'),
  ...of('process', 'process', 'credential', 'totp_sealed'),
  ...of('process', 'process', 'draft', 'values_sealed'),
  ...of('process', 'process', 'once', 'result_sealed'),
  ...of('process', 'process', 'saved_filter', 'words_sealed'),
  ...of('process', 'process', 'reveal', 'purpose_sealed'),
  ...of('process', 'process', 'audit_event', 'reason_sealed'),
  ...of('process', 'process', 'erasure', 'reason_sealed'),
  ...of('process', 'process', 'own_code_kept', 'code_sealed'),
  ...of('process', 'process', 'wall', 'lift_reason_sealed'),
  ...of('process', 'process', 'watch_finding', 'words_sealed'),
  ...of('process', 'process', 'mail_outbox', 'link_sealed', 'to_sealed'),
  ...of('process', 'process', 'browser_letter', 'link_sealed'),
  ...of('process', 'process', 'substitution_promise', 'text_sealed', 'answer_sealed'),
  ...of('process', 'process', 'break_glass', 'words_sealed', 'review_sealed'),
  ...of('process', 'process', 'meeting_event', 'reason_sealed'),
  ...of('process', 'process', 'meeting_attendance', 'observer_sealed', 'sent_sealed'),
  ...of('process', 'process', 'minutes', 'reason_sealed'),
  ...of('process', 'process', 'case_transfer', 'answer_sealed'),
  ...of('process', 'process', 'outing', 'reach_sealed', 'note_sealed'),
  ...of('process', 'process', 'outgoing_file', 'recipient_sealed', 'why_sealed'),
]
