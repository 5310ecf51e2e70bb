-- The coordinator matches nationwide; a network sees and writes the needs of its own cases.
grant insert on need, need_event, assignment, assignment_event to tugivork_write;
-- Whoever chooses a person holds the need, so that nobody else chooses at the same moment; a row is held by those who may change it.
grant update (version) on need to tugivork_write;
create policy need_definer on need to tugivork_definer using (true) with check (true);
create policy need_event_definer on need_event to tugivork_definer using (true) with check (true);
create policy assignment_definer on assignment to tugivork_definer using (true) with check (true);

create policy need_keep on need to tugivork_read, tugivork_write
  using ((select has_role('coordinator'))) with check ((select has_role('coordinator')));
-- A need begins as a question; that somebody was found is told by the answer alone.
create policy need_begins on need as restrictive for insert to tugivork_write with check (
  status in ('open', 'declined') and (import_key is null or (select has_role('coordinator'))));
create policy need_network on need to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[])) with check (network_id = any ((select auth_networks())::uuid[]));
create policy need_read on need for select to tugivork_read, tugivork_write using ((select has_role('system', 'auditor')));
-- A volunteer sees the need she was asked about or helps with; her supervisor sees it too.
create policy need_support on need for select to tugivork_read, tugivork_write using (
  case_id = any ((select auth_proposed())::uuid[]) or case_id = any ((select auth_supported())::uuid[]) or case_id = any ((select auth_supervised())::uuid[]));

create policy need_event_keep on need_event to tugivork_read, tugivork_write
  using ((select has_role('coordinator'))) with check ((select has_role('coordinator')) and recorded_by = (select auth_person()));
create policy need_event_network on need_event to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[])) with check (network_id = any ((select auth_networks())::uuid[]) and recorded_by = (select auth_person()));
create policy need_event_free on need_event as restrictive for insert to tugivork_write with check (
  kind in ('offered', 'declined', 'opened', 'closed')
  and need_id in (select n.id from need n where n.case_id = need_event.case_id and n.status not in ('proposed', 'covered')));

-- Only the coordinator proposes. The volunteer sees what she is asked and what she does now; access ends with the assignment, by its own last day,
-- also where she helps in the same case by another.
create policy assignment_keep on assignment for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
create policy assignment_propose on assignment for insert to tugivork_write with check (
  (select has_role('coordinator')) and status = 'proposed' and start_on is null and end_on is null and created_by = (select auth_person()));
create policy assignment_network on assignment for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy assignment_read on assignment for select to tugivork_read, tugivork_write using ((select has_role('system', 'auditor')));
create policy assignment_own on assignment for select to tugivork_read, tugivork_write
  using (volunteer_id = (select auth_volunteer()) and (status = 'proposed'
    or (status = 'active' and (end_on is null or end_on >= (now() at time zone 'Europe/Tallinn')::date))));
create policy assignment_supervisor on assignment for select to tugivork_read, tugivork_write using (volunteer_id = any ((select auth_supervisees())::uuid[])
  and not (volunteer_id = any ((select auth_deputed())::uuid[]) and case_id = any ((select auth_behind())::uuid[])));

create policy assignment_event_read on assignment_event for select to tugivork_read, tugivork_write using (
  (select has_role('coordinator', 'auditor', 'system'))
  or assignment_id = any (array(select s.id from assignment s where s.case_id = assignment_event.case_id)));
create policy assignment_event_keep on assignment_event for insert to tugivork_write
  with check ((select has_role('coordinator')) and kind in ('proposed', 'withdrawn', 'ended') and recorded_by = (select auth_person()));
-- Yes and no are the volunteer's own words.
create policy assignment_event_answer on assignment_event for insert to tugivork_write with check (
  kind in ('accepted', 'declined') and recorded_by = (select auth_person())
  and assignment_id = any (array(select id from assignment where volunteer_id = (select auth_volunteer()) and status = 'proposed')));
