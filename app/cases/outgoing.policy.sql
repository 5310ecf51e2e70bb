-- A file goes out under the own name of somebody who promised silence at the meeting; what was written down of it stays.
grant insert (network_id, id, meeting_id, version, form, recipient_sealed, why_sealed, sha256, sent_by) on outgoing_file to tugivork_write;
create policy outgoing_add on outgoing_file for insert to tugivork_write with check (
  network_id = any ((select auth_networks())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[]) and sent_by = (select auth_person()));
-- Read by those who read the minutes, by the auditor, and by whoever sees one of the cases that stood in it.
create policy outgoing_pledged on outgoing_file for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[]));
create policy outgoing_national on outgoing_file for select to tugivork_read, tugivork_write using ((select has_role('auditor')));
create policy outgoing_of_case on outgoing_file for select to tugivork_read, tugivork_write
  using (id = any (array(select c.file_id from outgoing_case c where c.file_id = outgoing_file.id)));

-- That something of a case went out is for its network and the auditor; it is written with the file, by whoever sends it.
grant insert (network_id, case_id, id, file_id) on outgoing_case to tugivork_write;
create policy outgoing_case_network on outgoing_case for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) or (select has_role('auditor')));
create policy outgoing_case_add on outgoing_case for insert to tugivork_write with check (
  network_id = any ((select auth_networks())::uuid[]) and sent_by_me(file_id, network_id));
create policy outgoing_definer on outgoing_file for select to tugivork_definer using (true);
