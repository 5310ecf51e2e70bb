-- A round is drawn and ended by functions alone, so that nobody draws again until the lot pleases; what was found in one entry is for
-- whoever guides the one who wrote it, and for nobody who counts.
revoke execute on function sample_frame(uuid, date, date) from tugivork_read, tugivork_write;
revoke execute on function sample_draw(boolean, date, date, int, int, int, int, date), sample_end(uuid), sample_publish(uuid, jsonb, int) from tugivork_read;
create policy round_definer on sample_round to tugivork_definer using (true) with check (true);
create policy entry_definer on sample_entry to tugivork_definer using (true) with check (true);
create policy look_definer on sample_look for select to tugivork_definer using (true);
create policy checklist_definer on sample_checklist for select to tugivork_definer using (true);

-- What is asked is known to those who are asked and to those who answer; the coordinator sets it.
grant insert (version, questions, created_by) on sample_checklist to tugivork_write;
create policy checklist_read on sample_checklist for select to tugivork_read, tugivork_write
  using ((select has_role('coordinator', 'supervisor', 'volunteer', 'system')));
create policy checklist_add on sample_checklist for insert to tugivork_write
  with check ((select has_role('coordinator')) and created_by = (select auth_person()));

-- Of a round of her own the coordinator knows nothing; of the country's she sees how it goes, not which entries were drawn.
create policy round_read on sample_round for select to tugivork_read, tugivork_write using (
  (supervisor_id is null and (select has_role('coordinator', 'supervisor'))) or (select has_role('system'))
  or ((select has_role('supervisor')) and (supervisor_id = (select auth_person())
    or supervisor_id = any (array(select v.supervisor_id from volunteer v where v.id = any ((select auth_deputed())::uuid[]))))));
create policy entry_guided on sample_entry for select to tugivork_read, tugivork_write using (volunteer_id = any ((select auth_supervisees())::uuid[])
  and not (volunteer_id = any ((select auth_deputed())::uuid[]) and case_id = any ((select auth_behind())::uuid[])));

-- Whoever guides her answers, never about herself, and only while the round runs and the case can be read.
grant insert (network_id, case_id, id, entry_id, volunteer_id, follows, answers, notes_sealed, looked_by) on sample_look to tugivork_write;
create policy look_read on sample_look for select to tugivork_read, tugivork_write using (volunteer_id = any ((select auth_supervisees())::uuid[])
  and not (volunteer_id = any ((select auth_deputed())::uuid[]) and case_id = any ((select auth_behind())::uuid[])));
create policy look_add on sample_look for insert to tugivork_write with check (
  volunteer_id = any ((select auth_supervisees())::uuid[]) and volunteer_id is distinct from (select auth_volunteer())
  and case_id = any ((select auth_supervised())::uuid[]) and looked_by = (select auth_person()) and answers is not null
  and entry_id in (select e.id from sample_entry e join sample_round r on r.id = e.round_id
    where e.volunteer_id = sample_look.volunteer_id and e.drawn_as is not null and r.ended_at is null));

-- What is to be spoken of is put there by whoever guides her, about what was looked at.
grant insert (network_id, case_id, id, entry_id, volunteer_id, put_by) on sample_topic to tugivork_write;
create policy topic_read on sample_topic for select to tugivork_read, tugivork_write using (volunteer_id = any ((select auth_supervisees())::uuid[])
  and not (volunteer_id = any ((select auth_deputed())::uuid[]) and case_id = any ((select auth_behind())::uuid[])));
create policy topic_put on sample_topic for insert to tugivork_write with check (
  volunteer_id = any ((select auth_supervisees())::uuid[]) and volunteer_id is distinct from (select auth_volunteer())
  and case_id = any ((select auth_supervised())::uuid[]) and put_by = (select auth_person())
  and entry_id in (select l.entry_id from sample_look l where l.volunteer_id = sample_topic.volunteer_id));
