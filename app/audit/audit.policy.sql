-- The chain is written through audit_append() alone; it is read by the auditor, and by the coordinator for her own work.
revoke all on audit_event from tugivork_write, tugivork_read;
grant select on audit_event to tugivork_read, tugivork_write;
-- By itself it says what only two people's decision may say.
revoke execute on function audit_chain(audit_event), audit_write(text, text, text, uuid, uuid, text, text[], int, bytea) from tugivork_read, tugivork_write;
revoke update on audit_event from tugivork_definer;
create policy audit_definer_read on audit_event for select to tugivork_definer using (true);
create policy audit_definer_add on audit_event for insert to tugivork_definer with check (true);
create policy audit_read_all on audit_event for select to tugivork_read, tugivork_write using ((select has_role('auditor')));
-- What somebody asked for and did not get is for others to read: to themselves it would tell what exists.
create policy audit_read_own on audit_event for select to tugivork_read, tugivork_write
  using (actor = (select auth_person()) and result <> 'denied');
-- Who comes back sees what was done in their name.
create policy audit_read_behalf on audit_event for select to tugivork_read, tugivork_write
  using (on_behalf_of = (select auth_person()) and result <> 'denied');
-- A network sees who looked at its cases, and what outsiders asked for in vain. That one of its own people, or somebody who sees every case,
-- was refused one would tell of a wall; and before somebody is invited the log would tell that there is a case.
create policy audit_read_network on audit_event for select to tugivork_read, tugivork_write
  using (case_id is not null and network_id = any ((select auth_networks())::uuid[])
    and (network_id = any ((select auth_led())::uuid[]) or not not_invited(case_id)) and (result <> 'denied' or actor <> all (array(
    select r.person_id from person_role r where r.network_id = any ((select auth_networks())::uuid[]) or r.role not in ('lead', 'member')))));

-- Checkpoints are made and sent by the process itself; those who answer for the log see whether they arrive. None is ever changed.
grant insert on audit_checkpoint, audit_delivery to tugivork_write;
grant update (attempts, tried_at, delivered_at, problem) on audit_delivery to tugivork_write;
revoke insert, update on audit_checkpoint, audit_delivery from tugivork_definer;
create policy checkpoint_read on audit_checkpoint for select to tugivork_read, tugivork_write using ((select has_role('system', 'auditor', 'admin')));
create policy checkpoint_add on audit_checkpoint for insert to tugivork_write with check ((select has_role('system')));
create policy delivery_read on audit_delivery for select to tugivork_read, tugivork_write using ((select has_role('system', 'auditor', 'admin')));
create policy delivery_add on audit_delivery for insert to tugivork_write with check ((select has_role('system')));
create policy delivery_again on audit_delivery for update to tugivork_write using ((select has_role('system'))) with check ((select has_role('system')));
-- The commands of the administrator (doctor, audit:verify) look through this role.
create policy checkpoint_definer on audit_checkpoint for select to tugivork_definer using (true);
create policy delivery_definer on audit_delivery for select to tugivork_definer using (true);
