-- Which cases are bait is known to the functions that keep them, and told by them to the auditors; no login reads it, the administrator's as little as
-- that of whoever keeps the cases. They are made and gone through by the process, and taken away by an auditor.
revoke select on bait_case, case_number_left from tugivork_read, tugivork_write;
revoke execute on function bait_round(), bait_make(uuid, uuid, uuid, bytea, text, bytea), bait_retire(uuid) from tugivork_read;
revoke execute on function bait_places(date) from tugivork_read, tugivork_write;
create policy bait_definer on bait_case to tugivork_definer using (true) with check (true);
create policy number_left_definer on case_number_left to tugivork_definer using (true) with check (true);
create policy bait_instrument on instrument for select to tugivork_definer using (true);
create policy bait_area on network_area for select to tugivork_definer using (true);
create policy bait_case_add on case_file for insert to tugivork_definer with check (true);
create policy bait_assessment_add on assessment for insert to tugivork_definer with check (true);
create policy bait_closing_add on case_closing for insert to tugivork_definer with check (true);
create policy bait_flag_add on marac_flag_lift for insert to tugivork_definer with check (true);
-- What nobody has opened goes wholly, and its number is free again.
grant delete on bait_case, marac_flag_lift, key_change, case_closing, assessment, case_basis, case_known, case_file, sealed_key to tugivork_definer;
create policy bait_flag_go on marac_flag_lift for delete to tugivork_definer using (true);
create policy bait_key_go on key_change for delete to tugivork_definer using (true);
create policy bait_closing_go on case_closing for delete to tugivork_definer using (true);
create policy bait_assessment_go on assessment for delete to tugivork_definer using (true);
create policy bait_basis_go on case_basis for delete to tugivork_definer using (true);
create policy bait_known_go on case_known for delete to tugivork_definer using (true);
create policy bait_case_go on case_file for delete to tugivork_definer using (true);
