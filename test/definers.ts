// Which functions may look behind the policies at all, and why must each of them? Those that name a case and subtract no wall stand in telling.ts, each
// with what it tells; of all others this list says it. One that is on neither list fails the tests.

const names = (text: string) => text.trim().split(/\s+/)

/** Why, and who. */
export const definers: [why: string, who: string[]][] = [
  [
    'a trigger keeps rows together that whoever writes one of them need not see; it answers nothing',
    names(`account_forgotten adult_numbered asked_ends_with agenda_item_heard agenda_item_late annex_years approval_answered approval_asked assignment_status_now bait_rings
      basis_begins basis_now browser_letters_end campaign_changed case_children_now case_invited case_known_now change_asked change_kept closing_begins closing_now codes_forgotten confirmation_first
      credential_replaced docket_kept email_follows expense_case held_forget identity_anew invited_elsewhere limits_told link_stops links_forgotten links_of_told
      links_superseded master_in_use minutes_mark month_report_now name_changed need_status_now period_report_now person_shut_out repeat_now reopening_now role_changes
      substitution_end_with substitution_guard support_confirmed surname_goes transfer_begins transfer_ends update_was_planned visit_done_in
      volunteer_email volunteer_forgotten volunteer_known_now volunteer_name volunteer_status_now wall_of_case_person wall_of_declared_code wall_of_own_code way_tells work_sum_now`),
  ],
  [
    'the door: before anybody is known no policy can know them; only the login of the door calls these',
    names(`door_acr door_apply_page door_browser door_browser_ask door_browser_take door_calendar door_card_set door_cast door_credential door_factor_set door_first_admin door_hold door_identity door_invitation
      door_invitation_for door_invited door_key_set door_known door_networks door_open door_open_key door_passed door_passkey door_passkey_used door_passkeys door_password_set
      door_recovery door_reference door_reference_name door_remember door_replace door_second door_spend door_system door_totp_step door_trip_spend door_try door_unsealed
      door_wait`),
  ],
  [
    'who I am, and what is mine to begin with: policies ask it, and what they ask cannot itself be asked under them',
    names(`auth_session auth_person auth_open auth_whoami auth_roles auth_held_roles auth_holds auth_owes has_role auth_networks auth_led auth_seats auth_pledged
      auth_whole auth_invited auth_received auth_referrers auth_walled auth_volunteer auth_supported auth_proposed auth_helpers auth_supervisees auth_guided
      auth_supervised auth_supervised_supports auth_deputed auth_sessions auth_session_notes auth_substitution auth_behalf auth_in_person auth_desk
      auth_broken_glass auth_glass_open auth_fresh auth_wrote_report`),
  ],
  [
    'my own ways in and sessions, of which no login reads the secrets',
    names(`auth_touch auth_end auth_end_one auth_credential auth_set_password auth_set_totp auth_set_codes auth_remove_passkey auth_stand_in auth_recovery
      browsers_forget identity_unlink way_changed way_left ways_end ways_sealed`),
  ],
  [
    'a fact about somebody else by which a second person is found, in one word: whether they hold a role, stand in, are away, can still come in',
    names(`holds holds_in_person substitution_holds only_helps account_stands agency_of is_away password_barred supervision_duty supervised_last session_open watch_alone
      confirmation_deciders invitation_recovery may_invite confirmation_asker_may recovery_runs setting_deciders glass_judges`),
  ],
  [
    'what two people decide takes effect where neither of them alone may write',
    names(`confirmation_decide confirmation_keep confirmation_stop confirmation_take_effect confirmation_withdraw email_change name_change decide_erasure erasure_mine erasure_is_due wall_ask wall_decide
      glass_ask glass_answer glass_review glass_mine glass_limit bait_retire transfer_answer setting_decide setting_withdraw`),
  ],
  [
    'letting somebody in: the links are read by nobody, and told are only states',
    names(
      'account_states first_way_made first_way_of invitation_make invitation_open invitation_until invitation_void',
    ),
  ],
  [
    'a setting, a text or a day that everything goes by, of nobody',
    names(
      'setting_now setting_takes_two law_text_now apply_wait reference_wait outing_due paper_over papers_before watch_from',
    ),
  ],
  [
    'codes and relations by which walls rise: their closed forms are read by nobody, and told is whether something is missing',
    names(
      'own_code_keep own_code_set own_codes_missing own_codes_unknown relation_remove relations_unwatched wall_outlived walled_volunteers walls_sweep',
    ),
  ],
  [
    'where a case stands, asked by policies and triggers before its row may be seen',
    names(
      'case_ended unfounded flag_passed case_closing_gaps transfer_lacks plan_gaps plan_standing plan_answers case_eyes',
    ),
  ],
  [
    'of what is sealed in a case only that it is there, for those who may then ask for it with a reason; or it is set aside unseen',
    names(`people_of people_numbers people_changes person_now adults_of corrections_of known_before repeat_case whereabouts_of supersede_person
      supersede_whereabouts withdraw_person plan_people cases_named`),
  ],
  [
    'of a meeting what is due or was answered, without a word of it',
    names('agenda_candidates research_answered views_known views_missing flags_mine case_chair'),
  ],
  [
    'whoever brought a case, and its network, are told no more of one another than that something came and was answered',
    names('referrals_mine referral_of referral_words referral_answer referral_read referrals_waiting'),
  ],
  [
    'possible ties between a helper and a case: whose they are is read by nobody, and both sides are told only that they must be asked',
    names('circle_forget circles_told link_writes links_at_matching link_ask links_to_answer'),
  ],
  [
    'numbers and days of work, where the rows themselves are not for whoever counts',
    names(`volunteer_load load_parts load_near load_by_county target_gaps unread_long message_reads sample_mine sample_plan sample_known sample_end
      sample_publish session_people bait_list retention`),
  ],
  [
    'a name is looked for behind the policies, and only those are told whom the one who asks may see',
    names('volunteer_named'),
  ],
  [
    'what the process clears away or sends out, and nobody else may touch',
    names(
      'asked_forget browser_letters browser_letters_clear erase_applicants erase_talks once_forget mail_forget field_forget week_letters',
    ),
  ],
  [
    'whoever is in danger, or asks for help, causes what she may not write herself: a day, a letter, a rung of the ladder',
    names('danger_near outing_press outing_mine'),
  ],
  ['the question behind a link that a referee was sent', names('reference_behind')],
  ['of two who do something to one thing the second waits for the first; it answers nothing', names('one_by_one')],
]
