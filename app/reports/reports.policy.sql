-- The coordinator writes and submits; the project manager reads what was submitted and answers; the steering group and the auditor read what was accepted.
grant insert on period_report, period_report_event to tugivork_write;
grant update (own_text, version) on period_report to tugivork_write;
create policy period_definer on period_report to tugivork_definer using (true) with check (true);
create policy period_keep on period_report to tugivork_read, tugivork_write
  using ((select has_role('coordinator'))) with check ((select has_role('coordinator')));
create policy period_manager on period_report for select to tugivork_read, tugivork_write using ((select has_role('manager')) and status <> 'draft');
create policy period_accepted on period_report for select to tugivork_read, tugivork_write
  using ((select has_role('steering', 'auditor')) and status = 'accepted');
create policy period_event_read on period_report_event for select to tugivork_read, tugivork_write using (report_id = any (array(select id from period_report)));
create policy period_event_submit on period_report_event for insert to tugivork_write with check (
  kind = 'submitted' and (select has_role('coordinator')) and recorded_by = (select auth_person())
  and report_id = any (array(select id from period_report where status in ('draft', 'returned'))));
-- Nobody accepts what they submitted.
create policy period_event_judge on period_report_event for insert to tugivork_write with check (
  kind in ('returned', 'accepted') and (select has_role('manager')) and recorded_by = (select auth_person())
  and report_id = any (array(select id from period_report where status = 'submitted' and created_by <> (select auth_person()))));
