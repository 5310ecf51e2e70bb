-- The chain is written through audit_append() alone; it is read by the auditor, and by the coordinator for her own work.
revoke all on audit_event from tugivork_write, tugivork_read;
grant select on audit_event to tugivork_read, tugivork_write;
revoke update on audit_event from tugivork_definer;
create policy audit_definer_read on audit_event for select to tugivork_definer using (true);
create policy audit_definer_add on audit_event for insert to tugivork_definer with check (true);
create policy audit_read_all on audit_event for select to tugivork_read, tugivork_write using ((select has_role('auditor')));
create policy audit_read_own on audit_event for select to tugivork_read, tugivork_write using (actor = (select auth_person()));
-- A network sees who looked at its cases.
create policy audit_read_network on audit_event for select to tugivork_read, tugivork_write
  using (case_id is not null and network_id = any ((select auth_networks())::uuid[]));
