-- I may see and mend my own record; those who answer for people see all of them; colleagues see one another's names.
grant update (phone, locale, marac_trained_on, status, week_letter) on person to tugivork_write;
grant insert (id, email, name, phone, locale, marac_trained_on) on person to tugivork_write;
grant update (valid_to) on person_role to tugivork_write;

create policy person_self on person for select to tugivork_read, tugivork_write using (id = (select auth_person()));
create policy person_all on person for select to tugivork_read, tugivork_write
  using ((select has_role('coordinator', 'manager', 'admin', 'auditor', 'system')));
create policy person_staff on person for select to tugivork_read, tugivork_write
  using ((select auth_person()) is not null and id = any (array(select person_id from person_role where role in ('coordinator', 'manager', 'lead', 'supervisor'))));
create policy person_mend_self on person for update to tugivork_write
  using (id = (select auth_person())) with check (id = (select auth_person()));
-- What somebody was called is for whoever may know what she is called. It is written where a name is changed, which two people do (two-people.policy.sql).
create policy former_name_read on former_name for select to tugivork_read, tugivork_write using (exists (select from person p where p.id = person_id));
create policy former_name_definer on former_name to tugivork_definer using (true) with check (true);
grant delete on former_name to tugivork_definer;
-- Accounts are made and closed by the administrator; the coordinator makes those of the volunteers, in person.
create policy person_admin_add on person for insert to tugivork_write with check ((select has_role('admin', 'coordinator')) and (select auth_in_person()));
create policy person_admin_mend on person for update to tugivork_write
  using ((select has_role('admin'))) with check ((select has_role('admin')));

-- Who holds which role is no secret inside the service.
create policy role_read on person_role for select to tugivork_read, tugivork_write using ((select auth_person()) is not null);
-- A role begins where two people agree on it (two-people.policy.sql); one ends it. The process's own account stays as it is.
create policy role_admin_end on person_role for update to tugivork_write
  using ((select has_role('admin')) and person_id <> (select auth_person()) and role <> 'system') with check ((select has_role('admin')));
-- I see my own sessions, to end those I do not know.
create policy session_own on session for select to tugivork_read, tugivork_write using (person_id = (select auth_person()));

-- What writes behind the policies is no business of the login that only reads.
revoke execute on function auth_touch(), auth_end(text, boolean), auth_end_one(uuid), auth_set_password(text), auth_set_totp(bytea, bigint),
  auth_set_codes(bytea[]) from tugivork_read;
-- Which browsers are strangers again is decided where a session, a password or an account ends.
revoke execute on function browsers_forget(uuid, bytea) from tugivork_read, tugivork_write;
-- The door makes the first administrator, and two people every other role; a new set of recovery codes takes the place of the old one.
create policy first_admin_person on person for insert to tugivork_definer with check (true);
create policy given_role on person_role for insert to tugivork_definer with check (true);
grant delete on recovery_code, credential to tugivork_definer;

-- Whether an account can be opened with an identity card is known to its owner and to the administrator, who can shut it; the index itself to nobody.
revoke select on person_identity, sign_in_trip from tugivork_read, tugivork_write;
grant select (person_id, provider, linked_at, linked_by, again_at) on person_identity to tugivork_read, tugivork_write;
grant insert (person_id, subject_index, linked_by, seal) on person_identity to tugivork_write;
grant delete on person_identity, sign_in_trip to tugivork_definer;
create policy definer_identity on person_identity to tugivork_definer using (true) with check (true);
create policy definer_trip on sign_in_trip to tugivork_definer using (true) with check (true);
create policy identity_own on person_identity for select to tugivork_read, tugivork_write using (person_id = (select auth_person()));
create policy identity_all on person_identity for select to tugivork_read, tugivork_write using ((select has_role('admin')));
-- I link my own card after a fresh proof, and nobody links one for another: whoever could, would come in as whom they please.
create policy identity_own_add on person_identity for insert to tugivork_write
  with check (person_id = (select auth_person()) and linked_by = (select auth_person()) and (select auth_fresh()));
-- Who can still come in otherwise, and what ends, is for the functions of this subject alone.
revoke execute on function way_left(uuid, uuid, boolean), ways_end(uuid, text), invitation_open(uuid), recovery_runs(confirmation)
  from tugivork_read, tugivork_write;
revoke execute on function identity_unlink(uuid) from tugivork_read;

-- Who asked for a letter, and for whom one is on its way, the door and the process alone know; nobody but the process sends them.
revoke select on browser_letter from tugivork_read, tugivork_write;
create policy browser_letter_definer on browser_letter to tugivork_definer using (true) with check (true);
grant delete on browser_letter to tugivork_definer;
revoke execute on function browser_letters(), browser_letters_clear(int) from tugivork_read;
create policy mail_browser_add on mail_outbox for insert to tugivork_definer
  with check (kind = 'new-browser' and person_id is not null and to_sealed is null and link_sealed is not null);

-- The link to one's own calendar is one's own; what is in it only the door asks.
create policy definer_calendar on calendar_feed to tugivork_definer using (true) with check (true);
revoke execute on function calendar_of(uuid) from tugivork_read, tugivork_write;
grant insert (person_id, token_hash, says_kind) on calendar_feed to tugivork_write;
grant delete on calendar_feed to tugivork_write;
create policy calendar_own on calendar_feed for select to tugivork_read, tugivork_write using (person_id = (select auth_person()));
create policy calendar_add on calendar_feed for insert to tugivork_write with check (person_id = (select auth_person()) and (select auth_in_person()) and (select auth_fresh()));
create policy calendar_end on calendar_feed for delete to tugivork_write using (person_id = (select auth_person()));
