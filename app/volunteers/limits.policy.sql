-- Whoever may see a volunteer sees her limits. She tells them herself, the places among them, or the coordinator for her.
grant insert (id, volunteer_id, reach, hours, refuses, told_by) on volunteer_limit to tugivork_write;
create policy limit_read on volunteer_limit for select to tugivork_read, tugivork_write using (
  (select has_role('coordinator', 'manager', 'auditor', 'system')) or volunteer_id = any (array(select id from volunteer)));
create policy limit_tell on volunteer_limit for insert to tugivork_write with check (
  told_by = (select auth_person()) and ((select has_role('coordinator')) or volunteer_id = (select auth_volunteer())));
create policy area_own on volunteer_area for insert to tugivork_write with check (volunteer_id = (select auth_volunteer()));
create policy area_own_drop on volunteer_area for delete to tugivork_write using (volunteer_id = (select auth_volunteer()));
