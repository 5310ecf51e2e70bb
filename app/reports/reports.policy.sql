-- The coordinator writes and submits; the project manager reads what was submitted and answers; the steering group and the auditor read what was accepted.
grant insert on period_report, period_report_event, period_report_snapshot to tugivork_write;
grant update (own_text, version) on period_report to tugivork_write;
create policy period_definer on period_report to tugivork_definer using (true) with check (true);
create policy period_event_definer on period_report_event for select to tugivork_definer using (true);
create policy period_keep on period_report for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
create policy period_begin on period_report for insert to tugivork_write with check (
  (select has_role('coordinator')) and status = 'draft' and figures is null and known_at is null and created_by = (select auth_person()));
-- What is handed in is not changed any more, unless it comes back.
create policy period_write on period_report for update to tugivork_write
  using ((select has_role('coordinator')) and status in ('draft', 'returned')) with check ((select has_role('coordinator')));
create policy period_manager on period_report for select to tugivork_read, tugivork_write using ((select has_role('manager')) and status <> 'draft');
create policy period_accepted on period_report for select to tugivork_read, tugivork_write
  using ((select has_role('steering', 'auditor')) and status = 'accepted');
create policy period_event_read on period_report_event for select to tugivork_read, tugivork_write using (report_id = any (array(select id from period_report)));
create policy period_event_submit on period_report_event for insert to tugivork_write with check (
  kind = 'submitted' and (select has_role('coordinator')) and recorded_by = (select auth_person())
  and report_id = any (array(select id from period_report where status in ('draft', 'returned'))));
-- Nobody accepts what they began or submitted, and nobody accepts for somebody else.
create policy period_event_judge on period_report_event for insert to tugivork_write with check (
  kind in ('returned', 'accepted') and figures is null and own_text is null and (select has_role('manager')) and (select auth_in_person()) and recorded_by = (select auth_person())
  and report_id = any (array(select id from period_report where status = 'submitted' and created_by <> (select auth_person())))
  and not auth_wrote_report(report_id));
-- Exact counts and the ids of their rows are for the coordinator alone; everybody else has the figures that may be shown.
create policy period_snapshot_read on period_report_snapshot for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
create policy period_snapshot_add on period_report_snapshot for insert to tugivork_write with check ((select has_role('coordinator'))
  and event_id = any (array(select id from period_report_event where kind = 'submitted' and recorded_by = (select auth_person()))));

-- What was known when is written by the database itself and read for the figures.
create policy volunteer_known_definer on volunteer_known to tugivork_definer using (true) with check (true);
create policy case_known_definer on case_known to tugivork_definer using (true) with check (true);
create policy volunteer_known_read on volunteer_known for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
create policy case_known_read on case_known for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
