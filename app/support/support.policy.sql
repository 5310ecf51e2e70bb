-- A visit is written by the support person while the assignment lasts, or for her by her supervisor; nobody else may invent one.
grant insert on visit, concern, month_report, month_report_event to tugivork_write;
grant update (superseded_at, superseded_reason) on visit to tugivork_write;
grant update (seen_at, seen_by, answered_at, answered_by, answer_sealed, closed_at, closed_by) on concern to tugivork_write;
grant update (summary_sealed, supervision_need, version) on month_report to tugivork_write;
-- Of which case an attempt was that the log tells of.
create policy visit_definer on visit for select to tugivork_definer using (true);
create policy concern_definer on concern for select to tugivork_definer using (true);
revoke execute on function danger_near(uuid, date) from tugivork_read;
create policy report_definer on month_report to tugivork_definer using (true) with check (true);

create policy visit_own on visit for select to tugivork_read, tugivork_write using (volunteer_id = (select auth_volunteer()));
create policy visit_own_add on visit for insert to tugivork_write with check (
  volunteer_id = (select auth_volunteer()) and case_id = any ((select auth_supported())::uuid[]) and recorded_by = (select auth_person()));
-- Under the assignment of the one who visited; only an old workbook has months without one.
create policy visit_under on visit as restrictive for insert to tugivork_write with check (superseded_at is null and (
  (import_key is null and assignment_id in (select a.id from assignment a where a.volunteer_id = visit.volunteer_id and a.status in ('active', 'ended')))
  or (import_key is not null and assignment_id is null and (select has_role('coordinator')))));
create policy visit_own_mend on visit for update to tugivork_write
  using (volunteer_id = (select auth_volunteer()) and case_id = any ((select auth_supported())::uuid[]))
  with check (volunteer_id = (select auth_volunteer()) and case_id = any ((select auth_supported())::uuid[]));
-- Whoever stands in for a supervisor sees nothing that does not exist for her.
create policy visit_supervisor on visit for select to tugivork_read, tugivork_write using (volunteer_id = any ((select auth_supervisees())::uuid[])
  and not (volunteer_id = any ((select auth_deputed())::uuid[]) and case_id = any ((select auth_behind())::uuid[])));
create policy visit_supervisor_add on visit for insert to tugivork_write with check (
  volunteer_id = any ((select auth_supervisees())::uuid[]) and case_id = any ((select auth_supervised())::uuid[]) and recorded_by = (select auth_person()));
create policy visit_supervisor_mend on visit for update to tugivork_write
  using (volunteer_id = any ((select auth_supervisees())::uuid[]) and recorded_by = (select auth_person()))
  with check (volunteer_id = any ((select auth_supervisees())::uuid[]) and recorded_by = (select auth_person()));
-- The coordinator counts them and brings old ones in; the network sees those of its cases.
create policy visit_national on visit for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'auditor')));
create policy visit_import on visit for insert to tugivork_write with check ((select has_role('coordinator')) and import_key is not null and recorded_by = (select auth_person()));
create policy visit_network on visit for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));

-- A worry is raised by the support person; supervisor, network and coordinator see it; the supervisor and the lead of the network answer.
create policy concern_read on concern for select to tugivork_read, tugivork_write using (
  volunteer_id = (select auth_volunteer()) or (volunteer_id = any ((select auth_supervisees())::uuid[])
    and not (volunteer_id = any ((select auth_deputed())::uuid[]) and case_id = any ((select auth_behind())::uuid[])))
  or network_id = any ((select auth_networks())::uuid[]) or (select has_role('coordinator', 'auditor', 'system')));
create policy concern_add on concern for insert to tugivork_write with check (
  volunteer_id = (select auth_volunteer()) and case_id = any ((select auth_supported())::uuid[]) and raised_by = (select auth_person()));
create policy concern_add_supervisor on concern for insert to tugivork_write with check (
  volunteer_id = any ((select auth_supervisees())::uuid[]) and case_id = any ((select auth_supervised())::uuid[]) and raised_by = (select auth_person()));
create policy concern_answer on concern for update to tugivork_write
  using ((volunteer_id = any ((select auth_supervisees())::uuid[])
      and not (volunteer_id = any ((select auth_deputed())::uuid[]) and case_id = any ((select auth_behind())::uuid[]))) or network_id = any ((select auth_led())::uuid[]))
  with check (volunteer_id = any ((select auth_supervisees())::uuid[]) or network_id = any ((select auth_led())::uuid[]));

-- The month's report: the volunteer writes and submits, the supervisor returns or approves, the coordinator sees who is late.
create policy report_own on month_report for select to tugivork_read, tugivork_write using (volunteer_id = (select auth_volunteer()));
create policy report_own_add on month_report for insert to tugivork_write with check (
  volunteer_id = (select auth_volunteer()) and status = 'draft' and figures is null and due_on < month + interval '3 months');
create policy report_own_write on month_report for update to tugivork_write
  using (volunteer_id = (select auth_volunteer()) and status in ('draft', 'returned')) with check (volunteer_id = (select auth_volunteer()));
create policy report_supervisor on month_report for select to tugivork_read, tugivork_write using (volunteer_id = any ((select auth_supervisees())::uuid[]));
create policy report_national on month_report for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'auditor', 'system')));
create policy report_system_add on month_report for insert to tugivork_write with check ((select has_role('system')) and status = 'draft' and figures is null);
create policy report_event_read on month_report_event for select to tugivork_read, tugivork_write
  using ((select has_role('coordinator', 'auditor', 'system'))
    or report_id = any (array(select r.id from month_report r where r.id = month_report_event.report_id)));
create policy report_event_submit on month_report_event for insert to tugivork_write with check (
  kind = 'submitted' and recorded_by = (select auth_person())
  and report_id = any (array(select id from month_report where volunteer_id = (select auth_volunteer()) and status in ('draft', 'returned'))));
-- An approved report goes back only where a mistake was found in it afterwards.
create policy report_event_judge on month_report_event for insert to tugivork_write with check (
  kind in ('returned', 'approved') and figures is null and recorded_by = (select auth_person())
  and report_id = any (array(select id from month_report where volunteer_id = any ((select auth_supervisees())::uuid[])
    and volunteer_id is distinct from (select auth_volunteer())
    and (status = 'submitted' or (status = 'approved' and kind = 'returned')))));

-- The key of a report is for the one who writes, the one who reads, and the coordinator.
create policy key_report on sealed_key for select to tugivork_read, tugivork_write
  using (kind = 'report' and ((select has_role('coordinator')) or owner_id = any (array(select id from month_report
    where volunteer_id = (select auth_volunteer()) or volunteer_id = any ((select auth_supervisees())::uuid[])))));
create policy key_report_add on sealed_key for insert to tugivork_write
  with check (kind = 'report' and owner_id = any (array(select id from month_report where volunteer_id = (select auth_volunteer()))));

-- How much was done is counted by the database itself; a network reads its own sums, the coordinator those of all.
create policy work_sum_definer on work_sum to tugivork_definer using (true) with check (true);
create policy work_sum_network on work_sum for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy work_sum_national on work_sum for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));

-- That an entry was read is told by whoever guides her, never of one's own; the support person sees it. Nobody else needs it.
grant insert on visit_reading, contact_rhythm to tugivork_write;
create policy reading_own on visit_reading for select to tugivork_read, tugivork_write using (volunteer_id = (select auth_volunteer()));
create policy reading_supervisor on visit_reading for select to tugivork_read, tugivork_write using (volunteer_id = any ((select auth_supervisees())::uuid[])
  and not (volunteer_id = any ((select auth_deputed())::uuid[]) and case_id = any ((select auth_behind())::uuid[])));
create policy reading_add on visit_reading for insert to tugivork_write with check (
  volunteer_id = any ((select auth_supervisees())::uuid[]) and volunteer_id is distinct from (select auth_volunteer())
  and case_id = any ((select auth_supervised())::uuid[]) and read_by = (select auth_person())
  and visit_id in (select v.id from visit v where v.volunteer_id = visit_reading.volunteer_id));

-- How often contact was agreed is known to those who know of the support; whoever guides her agrees on it.
create policy rhythm_read on contact_rhythm for select to tugivork_read, tugivork_write
  using (assignment_id = any (array(select s.id from assignment s where s.case_id = contact_rhythm.case_id)));
create policy rhythm_agree on contact_rhythm for insert to tugivork_write with check (
  volunteer_id = any ((select auth_supervisees())::uuid[]) and volunteer_id is distinct from (select auth_volunteer())
  and case_id = any ((select auth_supervised())::uuid[]) and set_by = (select auth_person())
  and assignment_id in (select a.id from assignment a where a.volunteer_id = contact_rhythm.volunteer_id and a.status = 'active'));
