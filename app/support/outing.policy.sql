-- When somebody should be back is known to her and to whoever guides her; to the coordinator once the ladder has come as far, and of every drill.
-- What is pressed and answered goes through functions alone, and the ladder is climbed by the process.
grant insert (id, network_id, case_id, assignment_id, plan_id, number, volunteer_id, begins_at, until_at, reach_sealed, recorded_by) on outing to tugivork_write;
revoke execute on function outing_due(outing, int), outing_tells(outing, int), outing_drilled(outing), outing_mine(outing) from tugivork_read, tugivork_write;
revoke execute on function outing_climb(), outing_press(uuid, text, timestamptz), outing_answer(uuid, text, bytea), outing_stop(uuid) from tugivork_read;
create policy outing_definer on outing to tugivork_definer using (true) with check (true);
create policy outing_step_definer on outing_step to tugivork_definer using (true) with check (true);

create policy outing_own on outing for select to tugivork_read, tugivork_write using (volunteer_id = (select auth_volunteer()));
create policy outing_guide on outing for select to tugivork_read, tugivork_write using (volunteer_id = any ((select auth_supervisees())::uuid[])
  and not (volunteer_id = any ((select auth_deputed())::uuid[]) and coalesce(case_id = any ((select auth_behind())::uuid[]), false)));
create policy outing_national on outing for select to tugivork_read, tugivork_write using ((select has_role('coordinator')) and (case_id is null or rung = 3));
-- With a contact that she has planned herself, so that whatever keeps her from planning keeps her from this.
create policy outing_add on outing for insert to tugivork_write with check (
  recorded_by = (select auth_person()) and volunteer_id = (select auth_volunteer())
  and plan_id in (select p.id from contact_plan p where p.case_id = outing.case_id and p.assignment_id = outing.assignment_id
    and p.recorded_by = (select auth_person()) and p.withdrawn_at is null));
-- A drill is begun by whoever guides her, or by the coordinator; by nobody for herself.
create policy outing_drill on outing for insert to tugivork_write with check (
  case_id is null and recorded_by = (select auth_person()) and reach_sealed is null and volunteer_id is distinct from (select auth_volunteer())
  and (volunteer_id = any ((select auth_supervisees())::uuid[]) or (select has_role('coordinator'))));
create policy outing_step_read on outing_step for select to tugivork_read, tugivork_write
  using (outing_id = any (array(select o.id from outing o where o.id = outing_step.outing_id)));
