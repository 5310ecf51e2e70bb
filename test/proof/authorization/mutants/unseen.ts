// Which changes can nobody notice, because something else says the same?

// Who sees a case by another office as well, or need not see what is added to, is kept from writing as a member by this gate alone.
const gate = 'shut_before_members'
const gateAlone = [
  `(?:assessment|case_(?:action|basis|diversity|incident|name_key|person|surname|task|whereabouts)), ${gate}_add: (?:stands|takes “lead”)`,
  `(?:contact_plan|need|need_event|outgoing_case|risk_answer|safe_contact), ${gate}_add: (?:stands|takes “lead”)`,
  `(?:assessment|case_(?:brief|file|task|whereabouts)|need|safe_contact), ${gate}_change: (?:stands|takes “lead”)`,
  `(?:assessment|assignment|need|need_event|reveal|sealed_key|visit), ${gate}_\\w+: takes “manager”`,
  `assessment, ${gate}_add: forgets “state|case_file, ${gate}_change: forgets “(?!status)`,
  `contact_plan, ${gate}_add: forgets “assignment_id|watch_finding, ${gate}_change: takes “admin”`,
].join('|')

export const unseen: { names: RegExp; why: string }[] = [
  {
    names: RegExp(`^(?!${gateAlone}).*, ${gate}_(?:add|change): (?!opens)`),
    why: 'said once for every table: a row must be seen before it is changed, and who adds one must see its case or is held back by its state',
  },
  {
    names: /^(case_known|case_name_key|case_repeat|case_surname), shut_before_members: (?!opens|takes “manager”)/,
    why: 'said once for every table: these are shown to no member at all',
  },
  {
    names: /^(case_link_key|conflict_(pair|link|word)|volunteer_link_key)[,:]/,
    why: 'no login reads what is compared and what was found: it is told by functions alone, and test/policies-links tries these',
  },
  {
    names: /^(case_person|case_whereabouts), (shut_before_members|shut_outside): (?!opens)/,
    why: 'what is sealed is shown by a look alone, and the look is shut with its case',
  },
  {
    names: /^assignment_event, (glass_read: is gone|shut_before_members: (?!opens))/,
    why: 'what happened to a support is seen with the support itself',
  },
  {
    names: /^assignment_event, closed_add: (?!opens)/,
    why: 'no case is closed over an open support, and of one that is over nothing more happens',
  },
  {
    names: /^case_transfer, (shut_before_members_add: opens|transfer_open: (asks nothing|forgets “(?!opened_by)))/,
    why: 'whose case it is is asked before by the table itself (transfer_begins): nobody but its lead begins a transfer',
  },
  {
    names: /^watch_finding, shut_before_members: (?!opens|takes “admin”)/,
    why: 'what was found is shown to auditors and, about the only one, to the administrator: to these it is shown although they are members as well',
  },
  {
    names: /^(bait_case|case_docket)(, |: no policy is asked)/,
    why: 'no login reads which cases are bait, or which wait for a meeting: functions alone tell it, and test/policies-bait and test/policies-meetings try these',
  },
  {
    names: /^(referral|referral_word)(, |: no policy is asked)/,
    why: 'no login reads who brought which case, nor what was added: functions alone tell it, and app/cases/referred tries these',
  },
  {
    names: /^message_copy, message_copy_send: forgets “(has_role|m\.sent_by)/,
    why: 'a copy goes out with its message, and by what right and in whose name somebody writes was asked of that (message_send)',
  },
  {
    names: /^contact_rhythm, (shut_before_members|wall_stands): (?!opens|takes “(?:manager|admin)”)/,
    why: 'how often contact was agreed is seen with the support itself',
  },
  {
    names: /^(outing|(visit_reading)|sample_(entry|look|topic)), shut_before_members: (?!opens|takes “manager”)/,
    why: 'said once for every table: only who wrote an entry or is expected back, who guides them, and for an outing the coordinator see it, and only who guides them what was found in it, and before these nothing is shut',
  },
  {
    names: /^visit, visit_import: forgets “has_role/,
    why: 'said once for every visit: what is taken over from a workbook is the coordinator’s (visit_under)',
  },
  {
    names: /^wall, wall_decide: forgets “has_role/,
    why: 'whoever may decide about a wall is an administrator, or an auditor, who sees the walls anyway',
  },
  {
    names:
      /^(annex_mark, annex_read|victim_view, view_pledged|minutes, minutes_(read|approve)|research, research_told|case_decision, decision_read|outgoing_file, outgoing_(add|pledged)): forgets “network_id = ANY \(auth_networks/,
    why: 'whoever promised silence at a meeting is of its network (auth_pledged), and what has gone to another since is kept out by given_over',
  },
  {
    names:
      /^annex_mark, annex_(add|set_aside): forgets “meeting_id = ANY \(auth_pledged|^minutes, minutes_approve: forgets “meeting(_id = ANY \(auth_pledged|\.phase = 'held')/,
    why: 'minutes, which there are of a meeting that was held, and their annexes are seen after the promise alone, and whoever marks or changes one names what they see',
  },
  {
    names:
      /^concern, concern_answer: forgets “(NOT|\(volunteer_id)|^contact_plan, plan_withdraw: forgets “assignment_id IS NOT NULL|^case_action, action_end: forgets “network_id/,
    why: 'whoever changes it names it, and to see it asks the same; and nobody changes whose it is',
  },
  {
    names: /^assignment_event, assignment_event_lead: forgets “assignment_id = ANY/,
    why: 'whoever leads sees every support of the network, and that it is one of that case the table says',
  },
  {
    names: /^case_action, action_add: forgets “\(meeting_id IS NULL\) OR/,
    why: 'of_network asks for the meeting as well, and that it is of that network',
  },
  {
    names:
      /^case_action, action_end: forgets “state <> 'open'|^confirmation, confirmation_ask: forgets “(person_id <> auth_person|kind = 'role')|^erasure, erasure_ask: forgets “kind = 'case'|^substitution, substitution_confirm: forgets “\(?auth_person\(\) <>/,
    why: 'the table says the same of its rows: what has ended is not open, nobody asks for themselves, only a role has a role, only what is of a case has a network, and neither party confirms',
  },
  {
    names: /^case_repeat, repeat_add: forgets “network_id/,
    why: 'who came back is told to the lead alone (known_before), and asked of the lead alone (repeat_add)',
  },
  {
    names: /^marac_flag_lift, flag_add: forgets “network_id/,
    why: 'which flags have passed is told of the networks that one leads (flag_passed), and so is it asked here; the wall stands before each',
  },
  {
    names: /^plan_approval, approval_answer: forgets “network_id/,
    why: 'who answers is of that network (plan_answers)',
  },
  {
    names: /^contact_plan, plan_add_support: forgets “case_id = ANY/,
    why: 'a support of one’s own that runs is what makes a case one’s own, and the wall stands before each',
  },
  {
    names: /^volunteer_(area|away|evidence|limit|status), \w+_read: takes “(coordinator|manager)”/,
    why: 'coordinator and manager see every volunteer, and what belongs to her with her: by their role it is said but to be found sooner',
  },
  {
    names: /, (exit_add|interview_add|paper_make|step_add|reference_ask): forgets “volunteer_id = ANY/,
    why: 'the coordinator, who alone writes it, sees every volunteer',
  },
  {
    names: /^sealed_key, key_expense_add: forgets “expense\.volunteer_id/,
    why: 'a key comes with its claim, and a claim is sent in one’s own name (expense_send)',
  },
  {
    names: /^watch_finding, finding_alone: forgets “person_id/,
    why: 'in these worlds no administrator is the only auditor as well',
  },
  {
    names: /^sample_(look, look_add|topic, topic_put): forgets “volunteer_id = ANY/,
    why: 'an entry that was drawn, and what was found in it, is shown to whoever guides her and to nobody else (entry_guided, look_read)',
  },
  {
    names: /^sealed_key, (glass_key|key_(case|checkin|circle|expense|import|own|session)): forgets “kind = /,
    why: 'of what kind a key is its owner says, which is looked for there: an id is drawn by lot, and nothing of another kind has it',
  },
  {
    names: /^reveal, glass_ask: forgets “network_id = \(/,
    why: 'of which network a case is the table says as well',
  },
]
