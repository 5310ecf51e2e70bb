-- A support person makes her own device ready (nobody is one at another's desk); she and the coordinator see which there are and shut one out, each in their own name. Nobody reads a token.
create policy device_definer on field_device to tugivork_definer using (true) with check (true);
revoke select on field_device from tugivork_read, tugivork_write;
grant select (id, person_id, kind, made_at, contacted_at, revoked_at, revoked_by, emptied_at) on field_device to tugivork_read, tugivork_write;
grant insert (id, person_id, kind, token_hash) on field_device to tugivork_write;
grant update (revoked_at, revoked_by) on field_device to tugivork_write;
create policy device_own on field_device for select to tugivork_read, tugivork_write using (person_id = (select auth_person()));
create policy device_national on field_device for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
create policy device_add on field_device for insert to tugivork_write with check (
  person_id = (select auth_person()) and (select auth_volunteer()) is not null);
create policy device_revoke on field_device for update to tugivork_write
  using (revoked_at is null and (person_id = (select auth_person()) or (select has_role('coordinator'))))
  with check (revoked_by = (select auth_person()) and revoked_at = now());

revoke execute on function field_forget() from tugivork_read;

-- What has come from a device is noted by whose it is, while it may still send.
grant insert (device_id, id) on field_entry to tugivork_write;
create policy entry_own on field_entry for select to tugivork_read, tugivork_write
  using (device_id = any (array(select id from field_device where person_id = (select auth_person()))));
create policy entry_add on field_entry for insert to tugivork_write
  with check ((select auth_volunteer()) is not null
    and device_id = any (array(select id from field_device where person_id = (select auth_person()) and revoked_at is null and emptied_at is null)));
