-- What a victim said of herself is written and read by her own network alone: not by the coordinator, not by the auditor, not by who helps.
grant insert (network_id, case_id, id, origin, disability, lgbt, recorded_by) on case_diversity to tugivork_write;
grant update (superseded_at) on case_diversity to tugivork_write;
create policy diversity_network on case_diversity for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy diversity_add on case_diversity for insert to tugivork_write with check (network_id = any ((select auth_networks())::uuid[])
  and recorded_by = (select auth_person()));
create policy diversity_mend on case_diversity for update to tugivork_write
  using (network_id = any ((select auth_networks())::uuid[])) with check (network_id = any ((select auth_networks())::uuid[]) and superseded_at = now());
create policy closed_add on case_diversity as restrictive for insert to tugivork_write with check (not case_ended(case_id));
create policy closed_change on case_diversity as restrictive for update to tugivork_write using (not case_ended(case_id));
