// Which rights has each of the four logins, beside what those that read and write may do to tables (rules/changes.ts)? Everything that is not here nobody has.

const names = (text: string) => text.trim().split(/\s+/)
const may = (logins: string[], right: string, what: string[]) =>
  logins.flatMap((login) => what.map((one) => `tugivork_${login}: ${right} ${one}`))

/** Whoever reads may ask these, and so may whoever writes: who one is, what is there for one, and triggers, which nobody can call. */
const asked = names(`
  account_forgotten account_stands account_states adult_numbered adults_of agency_of agency_read agenda_candidates agenda_item_heard agenda_item_late
  annex_years approval_answered approval_asked asked_ends_with assignment_status_now audit_append audit_astray audit_denied audit_first_broken audit_hash audit_head
  audit_never audit_part auth_behalf auth_behind auth_broken_glass auth_credential auth_deputed auth_desk auth_doors auth_fresh auth_given
  auth_glass_open auth_glass_places auth_guided auth_held_roles auth_helpers auth_holds auth_in_person auth_invited auth_led auth_networks auth_open
  auth_owes auth_person auth_pledged auth_proposed auth_received auth_recovery auth_referrers auth_referring auth_roles auth_seats auth_session
  auth_session_notes auth_sessions auth_stopped auth_substitution auth_supervised auth_supervised_supports auth_supervisees auth_supported auth_turns
  auth_volunteer auth_wait auth_walled auth_whoami auth_whole auth_wrote_report bait_list bait_rings basis_begins basis_now browser_letters_end campaign_changed
  capacity_counts case_chair case_children_now case_closing_gaps case_ended case_eyes case_invited case_known_now cases_named chair_of change_asked change_kept circles_told closing_begins
  closing_now codes_forgotten codes_turn confirmation_asker_may confirmation_deciders confirmation_first corrections_of credential_replaced diversity_forgotten docket_kept easter_sunday email_follows
  erasure_is_due erasure_mine erasures_due expense_case families_hidden flag_passed flags_mine glass_bounds glass_judges glass_mine glass_to_tell has_role held_forget holds
  holds_in_person identity_anew invitation_recovery invitation_until invited_elsewhere is_working_day known_before law_text_now letter_key_may limits_told link_stops
  links_at_matching links_forgotten links_of_case links_of_told links_running links_said links_superseded links_to_answer load_by_county load_near
  master_in_use may_invite meeting_goes message_reads minutes_mark minutes_waiting month_report_now name_changed name_then need_status_now next_working_day not_invited
  not_oneself only_helps only_in_person own_codes_missing own_codes_unknown own_name people_changes people_numbers people_of period_report_now
  person_guard person_now person_shut_out plan_answers plan_gaps plan_people plan_standing promised_stays reach_begins reach_counts referral_of
  referral_words referrals_mine referrals_waiting relations_unwatched reopening_now repeat_case repeat_now research_answered role_changes role_guard sample_counts
  sample_known sample_lot sample_mine sample_plan sample_progress sent_by_me session_open session_people set_once setting_count setting_deciders setting_takes_two
  setting_too_wide settings_of_two shut_case speaks_by_two status_on
  substitution_end_with substitution_guard substitution_holds supervision_duty supervision_standing supervisor_since support_confirmed surname_goes
  target_gaps tie_forgotten transfer_begins transfer_ends transfer_lacks transfer_people unfounded unread_long update_was_planned urgent_shown
  views_known views_missing visit_done_in volunteer_email volunteer_forgotten volunteer_known_now volunteer_load volunteer_name volunteer_named volunteer_status_now wall_decider
  wall_holds  wall_of_case_person wall_of_declared_code wall_of_own_code wall_outlived walled_volunteers walls_raised watch_alone way_tells week_waiting whereabouts_of
  work_sum_now working_days_after`)

/** … and these do something: whoever only reads may not. */
const done = names(`
  agenda_close asked_forget auth_end auth_end_one auth_remove_passkey auth_reveals_left auth_set_codes auth_set_password auth_set_totp auth_stand_in auth_touch
  bait_make bait_retire bait_round browser_letters browser_letters_clear circle_forget circle_tell confirmation_decide confirmation_keep confirmation_stop confirmation_withdraw danger_near decide_erasure
  erase_applicants field_forget glass_answer glass_ask glass_end glass_review hold_expenses identity_unlink invitation_make invitation_void link_answer
  link_ask link_fact link_fact_remove link_keys links_all_renew mail_about mail_forget mail_urgent next_case_number once_forget one_by_one outing_answer
  outing_climb outing_press outing_stop own_code_set referral_add referral_answer referral_begin referral_key referral_read relation_declare
  relation_remove sample_draw sample_end sample_publish setting_decide setting_withdraw supersede_person supersede_whereabouts transfer_answer transfer_codes transfer_walls wall_ask
  wall_decide walls_sweep watch_look watch_pairs way_found ways_sealed week_letters withdraw_person`)

/** The door, and nothing else. */
const door = names(`
  door_acr door_apply door_apply_page door_browser door_browser_ask door_browser_take door_calendar door_card_set door_cast door_credential door_factor_set door_field door_first_admin door_hold door_identity
  door_invitation door_invitation_for door_invited door_key_set door_known door_networks door_open door_open_key door_passed door_passkey door_passkey_used door_passkeys
  door_password_set door_recovery door_reference door_reference_answer door_reference_name door_remember door_replace door_second door_spend door_system door_totp_step
  door_trip_spend door_try door_unsealed door_wait`)

export const functions = [
  ...may(['read', 'write'], 'execute function', asked),
  ...may(['write'], 'execute function', done),
  ...may(['door'], 'execute function', door),
]

export const others = [
  ...may(['read', 'write', 'door', 'jobs'], 'connect', ['this database']),
  ...may(['read', 'write', 'door', 'jobs'], 'usage', ['schema public']),
  // The number of the next volunteer.
  ...may(['write'], 'usage', ['sequence volunteer_code']),
  // The queue of jobs makes tables and functions of its own, in a schema that is its own; it takes turns by locks, and wakes itself.
  ...may(['jobs'], 'usage', ['language sql', 'language plpgsql']),
  ...may(
    ['jobs'],
    'execute function',
    names('pg_advisory_xact_lock(bigint) pg_try_advisory_xact_lock(bigint) pg_notify pg_stat_get_activity'),
  ),
]
