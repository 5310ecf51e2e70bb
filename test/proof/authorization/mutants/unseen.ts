// Which changes can nobody notice, because something else says the same?

export const unseen: { names: RegExp; why: string }[] = [
  {
    names:
      /^(?!(?:assessment|case_action|case_diversity), shut_before_members_add).*, shut_before_members_(?:add|change): (?!opens)/,
    why: 'said once for every table: a row must be seen before it is changed, and who adds one must see its case or is held back by its state; but for what is added in an emergency, or by a member who is a support person as well',
  },
  {
    names: /^(case_known|case_name_key|case_repeat|case_surname), shut_before_members: (?!opens)/,
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
    names: /^case_transfer, (shut_before_members_add: opens|transfer_open: asks nothing)/,
    why: 'whose case it is is asked before by the table itself (transfer_begins): nobody but its lead begins a transfer',
  },
  {
    names: /^(research|case_decision), of_network: stands/,
    why: 'what is told and decided is of a case on the agenda of that meeting, and one that goes to another network is taken from it, or kept out by given_over',
  },
  {
    names: /^watch_finding, shut_before_members: (?!opens)/,
    why: 'what was found is shown to auditors and, about the only one, to the administrator: none of them is a member of a network as well',
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
    names: /, referring_\w+: is gone|^case_basis, referring_prove: forgets|^auth_referring\(\) says no/,
    why: 'a case that is brought from outside is written in the transaction that brings it, and these worlds stand still: app/cases/referred tries it',
  },
  {
    names: /^message_copy, message_copy_send: forgets “has_role/,
    why: 'a copy goes out with its message, and by what right somebody writes was asked of that (message_send)',
  },
  {
    names: /^contact_rhythm, (shut_before_members|wall_stands): (?!opens)/,
    why: 'how often contact was agreed is seen with the support itself',
  },
  {
    names: /^(outing|(visit_reading)|sample_(entry|look|topic)), shut_before_members: (?!opens)/,
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
]
