-- The coordinator keeps the volunteers nationwide.
grant insert, update on volunteer to tugivork_write;
revoke update on volunteer from tugivork_write;
grant update (person_id, name, search_name, email, phone, birth_year, sex, personal_code_sealed, personal_code_index, occupation, county_code,
  municipality_code, languages, has_car, remote_only, child_contact, child_contact_reason, max_cases, availability, notes, supervisor_id, version) on volunteer to tugivork_write;
grant insert on volunteer_area, volunteer_tie, volunteer_evidence, volunteer_status to tugivork_write;
grant delete on volunteer_area to tugivork_write;
grant update (superseded_at, superseded_reason) on volunteer_evidence to tugivork_write;
grant usage on sequence volunteer_code to tugivork_write;

create policy volunteer_definer on volunteer for select to tugivork_definer using (true);
-- The status is the last line of the history, and is moved by it alone.
create policy volunteer_definer_status on volunteer for update to tugivork_definer using (true) with check (true);
create policy volunteer_keep on volunteer to tugivork_read, tugivork_write
  using ((select has_role('coordinator'))) with check ((select has_role('coordinator')));
-- The project manager, the auditor and the process itself read; a supervisor reads her own supervisees; a volunteer reads himself.
create policy volunteer_read on volunteer for select to tugivork_read, tugivork_write using ((select has_role('manager', 'auditor', 'system')));
create policy volunteer_supervisor on volunteer for select to tugivork_read, tugivork_write
  using (id = any ((select auth_supervisees())::uuid[]));
create policy volunteer_self on volunteer for select to tugivork_read, tugivork_write using (person_id = (select auth_person()));
-- A network sees those who help in its cases.
create policy volunteer_network on volunteer for select to tugivork_read, tugivork_write using (id = any ((select auth_helpers())::uuid[]));

-- What belongs to a volunteer follows the volunteer; only the coordinator writes it. Of those who read everybody it is said first: a list of all
-- of them, gone through anew for each row, took half a second of every page of names.
create policy area_read on volunteer_area for select to tugivork_read, tugivork_write using (
  (select has_role('coordinator', 'manager', 'auditor', 'system')) or volunteer_id = any (array(select id from volunteer)));
create policy area_keep on volunteer_area to tugivork_write using ((select has_role('coordinator'))) with check ((select has_role('coordinator')));
create policy evidence_read on volunteer_evidence for select to tugivork_read, tugivork_write using (
  (select has_role('coordinator', 'manager', 'auditor', 'system')) or volunteer_id = any (array(select id from volunteer)));
create policy evidence_keep on volunteer_evidence to tugivork_write using ((select has_role('coordinator'))) with check ((select has_role('coordinator')));
create policy status_read on volunteer_status for select to tugivork_read, tugivork_write using (
  (select has_role('coordinator', 'manager', 'auditor', 'system')) or volunteer_id = any (array(select id from volunteer)));
create policy status_add on volunteer_status for insert to tugivork_write with check ((select has_role('coordinator')) and recorded_by = (select auth_person()));
-- Whom a volunteer knows is for the coordinator, and for the volunteer who told it.
create policy tie_read on volunteer_tie for select to tugivork_read, tugivork_write
  using ((select has_role('coordinator')) or volunteer_id = (select auth_volunteer()));
create policy tie_add on volunteer_tie for insert to tugivork_write
  with check (recorded_by = (select auth_person()) and ((select has_role('coordinator')) or volunteer_id = (select auth_volunteer())));
-- A tie to a place is taken back by whoever could have told of it; one to a case, told in an answer, stays.
grant update (withdrawn_at, withdrawn_by, withdrawn_reason) on volunteer_tie to tugivork_write;
create policy tie_withdraw on volunteer_tie for update to tugivork_write
  using (municipality_code is not null and withdrawn_at is null and ((select has_role('coordinator')) or volunteer_id = (select auth_volunteer())))
  with check (withdrawn_by = (select auth_person()) and withdrawn_at = now());

-- A volunteer's own key opens the personal code: for the coordinator and the volunteer.
create policy key_volunteer on sealed_key for select to tugivork_read, tugivork_write
  using (kind = 'volunteer' and ((select has_role('coordinator')) or owner_id = (select auth_volunteer())));
create policy key_volunteer_add on sealed_key for insert to tugivork_write with check (kind = 'volunteer' and (select has_role('coordinator')) and owner_id in (select id from volunteer));

-- Whoever stops being a volunteer stops coming in as one; the coordinator ends that role, and no other. To end it must not wait until she is
-- back, so whoever stands in for her may too – and may only end it.
create policy role_volunteer_end on person_role for update to tugivork_write
  using ((select has_role('coordinator')) and role = 'volunteer' and person_id <> (select auth_person())
    and ((select auth_in_person()) or valid_to >= (now() at time zone 'Europe/Tallinn')::date))
  with check ((select has_role('coordinator')) and role = 'volunteer'
    and ((select auth_in_person()) or valid_to < (now() at time zone 'Europe/Tallinn')::date));
