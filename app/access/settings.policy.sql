-- A value that is loosened is asked for by those who set values, in their own name and after a fresh proof, as far as two may go; deciding goes through setting_decide() alone.
grant insert (id, name, value, valid_from, note, asked_by, expires_at) on setting_asked to tugivork_write;
create policy asked_definer on setting_asked to tugivork_definer using (true) with check (true);
create policy asked_read on setting_asked for select to tugivork_read, tugivork_write using ((select has_role('admin', 'coordinator', 'manager', 'auditor')));
create policy asked_add on setting_asked for insert to tugivork_write with check (
  (select auth_in_person()) and (select auth_fresh()) and asked_by = (select auth_person()) and (select auth_holds('admin', 'coordinator'))
  and setting_takes_two(name, value, valid_from) and not setting_too_wide(name, value));
create policy setting_decided on setting for insert to tugivork_definer with check (true);
revoke execute on function setting_decide(uuid, text, text), setting_withdraw(uuid) from tugivork_read;
