-- Meetings belong to their network: the lead sees and keeps them, a member sees them from the invitation on. The coordinator sees dates, numbers and states.
grant insert on agency_seat, network_rhythm, meeting, meeting_event, agenda_item, marac_flag_lift to tugivork_write;
grant update (superseded_at) on agency_seat to tugivork_write;
grant update (on_date, starts_at, place, cut_off_on, chair_id, mode, phase, invited_at, begun_at, ended_at) on meeting to tugivork_write;
grant update (position, removed_by, removed_at, removal_sealed, outcome, heard_by, heard_at) on agenda_item to tugivork_write;
revoke execute on function agenda_due(uuid), flags_due(uuid[], date, int), docket_of(uuid[]), docket_drawn(uuid[]) from tugivork_read, tugivork_write;
revoke execute on function agenda_close(uuid) from tugivork_read;
revoke select on case_docket from tugivork_read, tugivork_write;

create policy seat_definer on agency_seat for select to tugivork_definer using (true);
create policy meeting_definer on meeting to tugivork_definer using (true) with check (true);
create policy agenda_definer on agenda_item to tugivork_definer using (true) with check (true);
create policy flag_definer on marac_flag_lift for select to tugivork_definer using (true);
create policy docket_definer on case_docket to tugivork_definer using (true) with check (true);

-- Who speaks for which agency is known in the network, to the coordinator and to the process that reminds; the lead says it.
create policy seat_read on agency_seat for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) or (select has_role('coordinator', 'system')));
create policy seat_add on agency_seat for insert to tugivork_write with check (
  network_id = any ((select auth_led())::uuid[]) and superseded_at is null
  and agency_of(network_id, person_id) is not null);
create policy seat_mend on agency_seat for update to tugivork_write
  using (network_id = any ((select auth_led())::uuid[]))
  with check (network_id = any ((select auth_led())::uuid[]) and superseded_at = now());

create policy rhythm_read on network_rhythm for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) or (select has_role('coordinator', 'auditor')));
create policy rhythm_add on network_rhythm for insert to tugivork_write
  with check (network_id = any ((select auth_led())::uuid[]));

create policy meeting_read on meeting for select to tugivork_read, tugivork_write using (
  network_id = any ((select auth_led())::uuid[]) or (network_id = any ((select auth_networks())::uuid[]) and invited_at is not null)
  or (select has_role('coordinator', 'auditor', 'system')));
-- A meeting begins as one that is planned; a chair is somebody of the network.
create policy meeting_add on meeting for insert to tugivork_write with check (
  network_id = any ((select auth_led())::uuid[]) and phase = 'planned' and closed_at is null
  and (invited_at is null or invited_at = now()) and (chair_id is null or agency_of(network_id, chair_id) is not null));
create policy meeting_mend on meeting for update to tugivork_write
  using (network_id = any ((select auth_led())::uuid[]))
  with check (network_id = any ((select auth_led())::uuid[]) and (chair_id is null or agency_of(network_id, chair_id) is not null));
create policy meeting_event_read on meeting_event for select to tugivork_read, tugivork_write
  using (meeting_id = any (array(select id from meeting)));
create policy meeting_event_add on meeting_event for insert to tugivork_write
  with check (network_id = any ((select auth_led())::uuid[]));

-- The agenda is seen by whoever sees the meeting; its words are closed with the key of each case.
create policy agenda_read on agenda_item for select to tugivork_read, tugivork_write using (
  (network_id = any ((select auth_networks())::uuid[]) and meeting_id = any (array(select id from meeting)))
  or (select has_role('coordinator', 'system')));
create policy agenda_add on agenda_item for insert to tugivork_write with check (
  network_id = any ((select auth_led())::uuid[]) and added_by is not null and outcome is null and not unfounded(case_id));
create policy agenda_mend on agenda_item for update to tugivork_write
  using (network_id = any ((select auth_led())::uuid[]))
  with check (network_id = any ((select auth_led())::uuid[]));
create policy flag_read on marac_flag_lift for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) or (select has_role('coordinator')));
-- Once its months have passed, by the lead.
create policy flag_add on marac_flag_lift for insert to tugivork_write
  with check (network_id = any ((select auth_led())::uuid[]) and flag_passed(case_id));
