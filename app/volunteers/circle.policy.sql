-- Whom a volunteer knows at home and at work is read by her alone. It is told and taken back through functions; the compared form is read by nobody.
create policy circle_definer on volunteer_circle to tugivork_definer using (true) with check (true);
create policy circle_own on volunteer_circle for select to tugivork_read, tugivork_write using (volunteer_id = (select auth_volunteer()));
create policy key_circle on sealed_key for select to tugivork_read, tugivork_write
  using (kind = 'circle' and owner_id = any (array(select id from volunteer_circle)));
revoke select on volunteer_link_key from tugivork_read, tugivork_write;
create policy volunteer_link_key_definer on volunteer_link_key to tugivork_definer using (true) with check (true);
grant delete on volunteer_circle, volunteer_link_key to tugivork_definer;
revoke execute on function circle_tell(uuid, text, bytea, text, bytea, text[], bytea[]), circle_forget(uuid) from tugivork_read;
