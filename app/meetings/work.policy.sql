-- What is said at a meeting is for those who promised silence; what is to be done in a case is for its network, and its states for the coordinator.
grant insert on meeting_pledge, meeting_attendance, research, case_decision, case_action, risk_answer to tugivork_write;
grant update (superseded_at) on meeting_attendance, research, case_decision, risk_answer to tugivork_write;
grant update (state, outcome_sealed, ended_by, ended_at) on case_action to tugivork_write;
revoke execute on function plan_gaps_of(uuid) from tugivork_read, tugivork_write;

create policy pledge_definer on meeting_pledge for select to tugivork_definer using (true);
create policy research_definer on research for select to tugivork_definer using (true);
create policy action_definer on case_action for select to tugivork_definer using (true);
create policy answer_definer on risk_answer for select to tugivork_definer using (true);
create policy assessment_definer on assessment for select to tugivork_definer using (true);

-- Everybody promises for themselves, where they are invited: as somebody of the network, whoever else may know of the meeting.
create policy pledge_read on meeting_pledge for select to tugivork_read, tugivork_write using (meeting_id = any (array(select id from meeting)));
create policy pledge_own on meeting_pledge for insert to tugivork_write with check (
  person_id = (select auth_person()) and network_id = any ((select auth_networks())::uuid[]) and
  meeting_id = any (array(select id from meeting where phase <> 'cancelled' and (invited_at is not null or network_id = any ((select auth_led())::uuid[])))));

-- Attendance is kept by the lead while the meeting lasts.
create policy attendance_read on meeting_attendance for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) and meeting_id = any (array(select id from meeting)));
create policy attendance_add on meeting_attendance for insert to tugivork_write with check (
  network_id = any ((select auth_led())::uuid[]) and superseded_at is null
  and meeting_id = any (array(select id from meeting where phase in ('closed', 'sitting')))
  and (person_id is null or agency = agency_of(network_id, person_id)));
create policy attendance_mend on meeting_attendance for update to tugivork_write
  using (network_id = any ((select auth_led())::uuid[])
    and meeting_id = any (array(select id from meeting where phase in ('closed', 'sitting'))))
  with check (superseded_at = now());

-- An agency sees its own answers; those of others only after the promise, and only where it may be told.
create policy research_own on research for select to tugivork_read, tugivork_write
  using (network_id::text || '/' || agency = any ((select auth_seats())::text[]));
create policy research_told on research for select to tugivork_read, tugivork_write using (
  network_id = any ((select auth_networks())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[])
  and (cardinality(told_to) = 0 or exists (select from unnest(told_to) told where network_id::text || '/' || told = any ((select auth_seats())::text[]))));
create policy research_add on research for insert to tugivork_write with check (
  superseded_at is null and network_id::text || '/' || agency = any ((select auth_seats())::text[])
  and exists (select from agenda_item i join meeting m on m.id = i.meeting_id
    where i.meeting_id = research.meeting_id and i.case_id = research.case_id and i.removed_at is null and m.phase in ('closed', 'sitting')));
create policy research_mend on research for update to tugivork_write
  using (network_id::text || '/' || agency = any ((select auth_seats())::text[]) and meeting_id = any (array(select id from meeting where phase in ('closed', 'sitting'))))
  with check (superseded_at = now());

-- Decisions are part of the minutes: after the promise. The lead writes them down while the meeting lasts.
create policy decision_read on case_decision for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[]));
create policy decision_add on case_decision for insert to tugivork_write with check (
  superseded_at is null and network_id = any ((select auth_led())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[])
  and exists (select from agenda_item i join meeting m on m.id = i.meeting_id
    where i.meeting_id = case_decision.meeting_id and i.case_id = case_decision.case_id and i.removed_at is null and m.phase = 'sitting'));
create policy decision_mend on case_decision for update to tugivork_write
  using (network_id = any ((select auth_led())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[])
    and meeting_id = any (array(select id from meeting where phase = 'sitting')))
  with check (superseded_at = now());

-- Actions are seen by the network; the coordinator and the process see whose they are, until when and how they stand.
create policy action_read on case_action for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) or (select has_role('coordinator', 'system')));
-- The owner sits in the core group for that agency; nothing is agreed that is over already. That she is owed word of a decision the lead writes down.
create policy action_add on case_action for insert to tugivork_write with check (
  network_id = any ((select auth_networks())::uuid[]) and state = 'open' and (kind = 'action' or network_id = any ((select auth_led())::uuid[])) and agency = agency_of(network_id, owner_id)
  and due_on >= (now() at time zone 'Europe/Tallinn')::date and (meeting_id is null or meeting_id = any (array(select id from meeting))));
-- Its owner says what came of it, or the lead.
create policy action_end on case_action for update to tugivork_write
  using (state = 'open' and network_id = any ((select auth_networks())::uuid[]) and (owner_id = (select auth_person()) or network_id = any ((select auth_led())::uuid[])))
  with check (state <> 'open' and ended_by = (select auth_person()) and ended_at = now());
create policy answer_network on risk_answer for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy answer_add on risk_answer for insert to tugivork_write
  with check (superseded_at is null and network_id = any ((select auth_networks())::uuid[]));
create policy answer_mend on risk_answer for update to tugivork_write
  using (network_id = any ((select auth_networks())::uuid[])) with check (network_id = any ((select auth_networks())::uuid[]) and superseded_at = now());

-- Whoever is not of the network reads what is to be done for some minutes, with a reason.
create policy plan_ask on reveal for insert to tugivork_write with check (
  person_id = (select auth_person()) and at = now() and until <= now() + interval '10 minutes' and (select auth_fresh()) and auth_reveals_left() > 0
  and what = 'plan' and item_id = case_id and (select has_role('coordinator')));

-- In a case that is closed nothing more is agreed, told or decided.
do $$
declare t text;
begin
  foreach t in array array['agenda_item', 'research', 'case_decision', 'case_action', 'risk_answer', 'victim_view'] loop
    execute format('create policy closed_add on %I as restrictive for insert to tugivork_write with check (not case_ended(case_id))', t);
  end loop;
  foreach t in array array['research', 'case_action', 'risk_answer', 'victim_view'] loop
    execute format('create policy closed_change on %I as restrictive for update to tugivork_write using (not case_ended(case_id))', t);
  end loop;
end $$;
