-- Whoever may see a volunteer sees when she is away. She says it herself, from today on; the coordinator says it for her, and either that she is back.
grant insert (id, volunteer_id, from_on, to_on, told_by) on volunteer_away to tugivork_write;
grant update (ended_by, ended_at) on volunteer_away to tugivork_write;
create policy away_read on volunteer_away for select to tugivork_read, tugivork_write using (
  (select has_role('coordinator', 'manager', 'auditor', 'system')) or volunteer_id = any (array(select id from volunteer)));
create policy away_tell on volunteer_away for insert to tugivork_write with check (
  told_by = (select auth_person()) and ended_at is null and from_on >= (now() at time zone 'Europe/Tallinn')::date
  and ((select has_role('coordinator')) or volunteer_id = (select auth_volunteer())));
create policy away_end on volunteer_away for update to tugivork_write
  using (ended_at is null and ((select has_role('coordinator')) or volunteer_id = (select auth_volunteer())))
  with check (ended_by = (select auth_person()) and ended_at = now());
