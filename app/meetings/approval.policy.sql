-- That the plan of a case be approved is asked by anybody of its network, in their own name; it is answered by whoever chairs or leads, and not by who asked.
grant insert (network_id, case_id, id, asked_by) on plan_approval to tugivork_write;
grant update (answer, answered_by, answered_at, words_sealed) on plan_approval to tugivork_write;
revoke execute on function plan_known_by(uuid) from tugivork_read, tugivork_write;

create policy approval_network on plan_approval for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy approval_ask on plan_approval for insert to tugivork_write
  with check (network_id = any ((select auth_networks())::uuid[]) and asked_by = (select auth_person()) and answer is null);
create policy approval_answer on plan_approval for update to tugivork_write
  using (answer is null and network_id = any ((select auth_networks())::uuid[]) and plan_answers(case_id, asked_by))
  with check (answered_by = (select auth_person()) and answered_at = now());
create policy closed_add on plan_approval as restrictive for insert to tugivork_write with check (not case_ended(case_id));
create policy closed_change on plan_approval as restrictive for update to tugivork_write using (not case_ended(case_id));
