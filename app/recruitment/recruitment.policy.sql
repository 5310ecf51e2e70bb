-- Whoever has no account hands something in through the door, and reads nothing back: the door has no right to any of these tables. What it
-- does there is done by the functions `door_apply…`.
grant usage on sequence application_code to tugivork_definer;
grant delete on application_try to tugivork_definer;
revoke execute on function erase_applicants() from tugivork_read;
revoke execute on function apply_wait(bytea) from tugivork_read, tugivork_write;
revoke select on application_try from tugivork_read, tugivork_write;
create policy definer_application on application to tugivork_definer using (true) with check (true);
create policy definer_try on application_try to tugivork_definer using (true) with check (true);
create policy definer_campaign on campaign for select to tugivork_definer using (true);
create policy definer_county on county for select to tugivork_definer using (true);
create policy definer_outbox on mail_outbox for insert to tugivork_definer with check (person_id is null);

-- The coordinator reads and decides; the manager sees that there is an application, how long it has waited and what became of it, but not from
-- whom: the key is the coordinator's.
grant update (outcome, volunteer_id, no_reason, remark_sealed, decided_by, decided_at) on application to tugivork_write;
create policy application_read on application for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'manager')));
create policy application_decide on application for update to tugivork_write
  using ((select has_role('coordinator')) and outcome is null and erased_at is null) with check ((select has_role('coordinator')) and decided_by = (select auth_person()));

-- Calls and their figures are for the coordinator and the manager; the coordinator makes them, puts them right while they run, and ends them
-- once. What they were before is kept by the database.
grant insert on recruitment_step to tugivork_write;
grant insert (name, code, source, from_on, until_on, target_id, created_by) on campaign to tugivork_write;
grant update (name, source, from_on, until_on, target_id, ended_by, ended_at) on campaign to tugivork_write;
create policy campaign_read on campaign for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'manager')));
create policy campaign_add on campaign for insert to tugivork_write
  with check ((select has_role('coordinator')) and created_by = (select auth_person()) and ended_at is null);
create policy campaign_change on campaign for update to tugivork_write
  using ((select has_role('coordinator')) and ended_at is null)
  with check ((select has_role('coordinator')) and (ended_at is null or (ended_by = (select auth_person()) and ended_at = now())));
create policy campaign_was_read on campaign_was for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'manager')));
create policy campaign_was_keep on campaign_was for insert to tugivork_definer with check (true);

-- How many more are to be found or trained is for the same two; the coordinator sets it, and ends it once. Behind how many needs it stands is for her alone.
revoke select on recruiting_target from tugivork_read, tugivork_write;
grant select (id, kind, county_codes, languages, people, by_on, set_by, set_at, ended_by, ended_at, ended_why) on recruiting_target to tugivork_read, tugivork_write;
create policy target_definer on recruiting_target for select to tugivork_definer using (true);
grant insert (kind, county_codes, languages, people, by_on, needs, fitting, places, set_by) on recruiting_target to tugivork_write;
grant update (ended_by, ended_at, ended_why) on recruiting_target to tugivork_write;
create policy target_read on recruiting_target for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'manager')));
create policy target_set on recruiting_target for insert to tugivork_write
  with check ((select has_role('coordinator')) and set_by = (select auth_person()) and ended_at is null);
create policy target_end on recruiting_target for update to tugivork_write
  using ((select has_role('coordinator')) and ended_at is null) with check ((select has_role('coordinator')) and ended_by = (select auth_person()));

-- The next step with somebody on the way is set by the coordinator, in her own name, for a coordinator in office.
create policy step_read on recruitment_step for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'manager')));
create policy step_add on recruitment_step for insert to tugivork_write
  with check ((select has_role('coordinator')) and recorded_by = (select auth_person()) and volunteer_id = any (array(select id from volunteer)));

-- A letter to somebody without an account is caused by the coordinator's decision.
grant insert (to_sealed, locale) on mail_outbox to tugivork_write;
grant update (to_sealed) on mail_outbox to tugivork_write;

-- What need not be kept any longer of a letter is forgotten by the process.
create policy mail_forgettable on mail_outbox for select to tugivork_definer using (attempts >= 5 or unique_key like 'application/%');
create policy mail_forget on mail_outbox for update to tugivork_definer using (attempts >= 5 or unique_key like 'application/%') with check (true);
revoke execute on function mail_forget() from tugivork_read;

-- What is asked is read by those who find volunteers, and set by the coordinator; what was answered is the coordinator's alone, and stays.
grant insert on interview_guide, interview to tugivork_write;
create policy guide_read on interview_guide for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'manager')));
create policy guide_add on interview_guide for insert to tugivork_write
  with check ((select has_role('coordinator')) and created_by = (select auth_person()));
create policy interview_read on interview for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
create policy interview_add on interview for insert to tugivork_write
  with check ((select has_role('coordinator')) and recorded_by = (select auth_person()) and volunteer_id = any (array(select id from volunteer)));

-- Whoever is asked about a candidate is asked by the coordinator; the manager sees that somebody was, and whether they answered. Link, name and
-- answer go in and out through the coordinator's hands alone.
grant insert (id, volunteer_id, referee_sealed, locale, token_hash, expires_at, asked_by) on reference_request to tugivork_write;
grant update (token_hash, expires_at, sent_at, times_sent, revoked_at) on reference_request to tugivork_write;
revoke execute on function reference_wait(bytea), reference_behind(bytea) from tugivork_read, tugivork_write;
create policy definer_letter on mail_outbox for insert to tugivork_definer with check (kind = 'new-task');
create policy reference_read on reference_request for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'manager')));
create policy reference_ask on reference_request for insert to tugivork_write
  with check ((select has_role('coordinator')) and asked_by = (select auth_person()) and volunteer_id = any (array(select id from volunteer)));
create policy reference_again on reference_request for update to tugivork_write
  using ((select has_role('coordinator')) and answered_at is null and revoked_at is null) with check ((select has_role('coordinator')));
create policy key_reference on sealed_key for select to tugivork_read, tugivork_write using (kind = 'reference' and (select has_role('coordinator')));
