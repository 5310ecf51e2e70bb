-- Minutes are read by those of the network who promised silence at that meeting; written by its lead once it is over, approved by its chair.
grant insert on minutes to tugivork_write;
grant update (approved_by, approved_at) on minutes to tugivork_write;
create policy minutes_read on minutes for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[]));
create policy minutes_definer on minutes for select to tugivork_definer using (true);
create policy minutes_add on minutes for insert to tugivork_write with check (
  network_id = any ((select auth_led())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[])
  and approved_at is null and made_on = (now() at time zone 'Europe/Tallinn')::date and meeting_id = any (array(select id from meeting where phase = 'held')));
-- Where nobody was named to chair, the lead did; where the chair does not sit there any more, the lead answers for it.
create policy minutes_approve on minutes for update to tugivork_write
  using (approved_at is null and network_id = any ((select auth_networks())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[])
    and meeting_id = any (array(select id from meeting where phase = 'held' and (chair_id = (select auth_person()) or ((chair_id is null or agency_of(network_id, chair_id) is null) and network_id = any ((select auth_led())::uuid[]))))))
  with check (approved_by = (select auth_person()) and approved_at = now());
-- While a version waits for its chair the lead puts right what was written down wrongly.
create policy decision_correct on case_decision for insert to tugivork_write with check (
  superseded_at is null and network_id = any ((select auth_led())::uuid[])
  and meeting_id = any (array(select meeting_id from minutes where approved_at is null))
  and exists (select from agenda_item i where i.meeting_id = case_decision.meeting_id and i.case_id = case_decision.case_id and i.outcome is not null));
create policy decision_set_aside on case_decision for update to tugivork_write
  using (network_id = any ((select auth_led())::uuid[])
    and meeting_id = any (array(select meeting_id from minutes where approved_at is null)))
  with check (superseded_at = now());

-- The lead says from when the mark of an annex is counted; how many years it is the database says itself.
grant insert (network_id, case_id, id, meeting_id, ground, from_sealed, recorded_by) on annex_mark to tugivork_write;
grant update (superseded_at) on annex_mark to tugivork_write;
create policy annex_read on annex_mark for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[]));
create policy annex_add on annex_mark for insert to tugivork_write with check (
  network_id = any ((select auth_led())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[])
  and meeting_id = any (array(select w.meeting_id from minutes w where w.meeting_id = annex_mark.meeting_id))
  and exists (select from agenda_item i where i.meeting_id = annex_mark.meeting_id and i.case_id = annex_mark.case_id and i.removed_at is null));
create policy annex_set_aside on annex_mark for update to tugivork_write
  using (superseded_at is null and network_id = any ((select auth_led())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[]))
  with check (superseded_at = now());
