-- A transfer is asked for by the lead of the network that has the case, and ends through one function alone (transfer_answer).
grant insert (network_id, case_id, id, to_network_id, reason, urgent, ground, ground_sealed, words_sealed, why_sealed, opened_by) on case_transfer to tugivork_write;
revoke execute on function transfer_move(case_transfer, uuid) from tugivork_read, tugivork_write;
revoke execute on function transfer_answer(uuid, text, text, bytea), transfer_codes(uuid, jsonb), transfer_walls(uuid, jsonb) from tugivork_read;
create policy transfer_definer on case_transfer to tugivork_definer using (true) with check (true);
create policy key_change_definer on key_change for insert to tugivork_definer with check (true);

-- Both leads see it, then and afterwards; what is written in it is closed with the key of the case. The others of a network see those of its cases.
create policy transfer_leads on case_transfer for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_led())::uuid[]) or to_network_id = any ((select auth_led())::uuid[]));
create policy transfer_network on case_transfer for select to tugivork_read, tugivork_write using (
  exists (select from case_file c where c.id = case_transfer.case_id and c.network_id = any ((select auth_networks())::uuid[])));
create policy transfer_national on case_transfer for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'auditor', 'system')));
create policy transfer_open on case_transfer for insert to tugivork_write with check (
  network_id = any ((select auth_led())::uuid[]) and opened_by = (select auth_person())
  and case_id = any (array(select c.id from case_file c where c.id = case_transfer.case_id and c.network_id = case_transfer.network_id)));

-- Who took a case over reads who looked at it before, and its lead what was decided there: the decisions go over, what the agencies told each other does not.
create policy audit_read_received on audit_event for select to tugivork_read, tugivork_write
  using (case_id = any ((select auth_received())::uuid[]) and result <> 'denied');

-- What came with a case is confirmed and shared out by whoever answers for it now.
create policy arrival_done on case_task as restrictive for update to tugivork_write
  using (kind not in ('confirm-support', 'share-actions') or network_id = any ((select auth_led())::uuid[]));
