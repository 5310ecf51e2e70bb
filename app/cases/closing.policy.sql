-- A case is closed, and begins anew, in the name of the lead of its network; whether it may be closed the table says itself (closing_begins).
grant insert (network_id, case_id, id, reason, outcome, words_sealed, closed_by) on case_closing to tugivork_write;
grant update (reopened_at, reopened_by, reopened_sealed) on case_closing to tugivork_write;
create policy closing_network on case_closing for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy closing_national on case_closing for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'auditor')));
create policy closing_add on case_closing for insert to tugivork_write
  with check (network_id = any ((select auth_led())::uuid[]) and closed_by = (select auth_person()));
create policy closing_change on case_closing for update to tugivork_write
  using (network_id = any ((select auth_led())::uuid[]) and reopened_at is null)
  with check (network_id = any ((select auth_led())::uuid[]) and (reopened_at is null or (reopened_by = (select auth_person()) and reopened_at = now())));
create policy closing_definer on case_closing for select to tugivork_definer using (true);

grant insert on case_follow_up to tugivork_write;
create policy follow_up_network on case_follow_up for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy follow_up_add on case_follow_up for insert to tugivork_write with check (network_id = any ((select auth_led())::uuid[])
  and recorded_by = (select auth_person()) and case_ended(case_id) and state is not null and incidents is not null and risk is not null
  and task_id = any (array(select t.id from case_task t where t.case_id = case_follow_up.case_id and t.kind = 'follow-up' and t.done_at is null)));
create policy task_definer on case_task for insert to tugivork_definer with check (true);
revoke execute on function setting_now(text, int) from tugivork_read, tugivork_write;

-- The lead ends a support, or takes a question back, where the case is the network's own.
create policy assignment_event_lead on assignment_event for insert to tugivork_write with check (
  kind in ('withdrawn', 'ended') and recorded_by = (select auth_person()) and network_id = any ((select auth_led())::uuid[])
  and assignment_id = any (array(select s.id from assignment s where s.case_id = assignment_event.case_id)));

-- A closed case is read and no longer written: said once for everything that is written in it. What goes on is looking, asking afterwards, taking a wish
-- back, and the support person's own report.
do $$
declare t text;
begin
  foreach t in array array['case_person', 'case_whereabouts', 'assessment', 'case_brief', 'need', 'need_event', 'assignment', 'assignment_event', 'concern', 'case_incident'] loop
    execute format('create policy closed_add on %I as restrictive for insert to tugivork_write with check (not case_ended(case_id))', t);
    execute format('create policy closed_change on %I as restrictive for update to tugivork_write using (not case_ended(case_id))', t);
  end loop;
end $$;
create policy closed_change on case_file as restrictive for update to tugivork_write using (status = 'open') with check (status = 'open');
create policy closed_add on case_basis as restrictive for insert to tugivork_write with check (kind = 'withdrawn' or not case_ended(case_id));
create policy closed_add on case_task as restrictive for insert to tugivork_write with check (kind = 'tell-recipients' or not case_ended(case_id));
