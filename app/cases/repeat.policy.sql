-- Whether somebody has been here before is for the lead of the network alone, and so is saying whether it is a repeat.
grant insert on case_name_key, case_repeat to tugivork_write;
create policy name_key_add on case_name_key for insert to tugivork_write with check (network_id = any ((select auth_networks())::uuid[]));
create policy repeat_read on case_repeat for select to tugivork_read, tugivork_write using (network_id = any ((select auth_led())::uuid[]));
create policy repeat_add on case_repeat for insert to tugivork_write with check (network_id = any ((select auth_led())::uuid[])
  and recorded_by = (select auth_person()) and earlier_case_id in (select k.id from known_before(case_id) k where k.how in ('code', 'name')));
-- The earlier case does not exist for whoever stands before its wall.
create policy wall_stands_earlier on case_repeat as restrictive to tugivork_read, tugivork_write
  using (not earlier_case_id = any ((select auth_walled())::uuid[]));
create policy closed_add on case_repeat as restrictive for insert to tugivork_write with check (not case_ended(case_id));
