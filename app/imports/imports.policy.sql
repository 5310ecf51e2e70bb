-- A workbook being read in is seen by the coordinator who brought it, by whoever stands in for her, and back by her when she returns.
grant insert on import_batch to tugivork_write;
grant update (preview_sealed, state, decided_at, counts) on import_batch to tugivork_write;
create policy import_own on import_batch to tugivork_read, tugivork_write
  using ((select auth_desk()) in (made_by, made_for) and (select has_role('coordinator')))
  with check ((select auth_desk()) in (made_by, made_for) and (select has_role('coordinator')));
create policy import_name on import_batch as restrictive for insert to tugivork_write
  with check (made_by = (select auth_person()) and made_for is not distinct from (select auth_behalf()));
create policy key_import on sealed_key for select to tugivork_read, tugivork_write
  using (kind = 'import' and owner_id = any (array(select id from import_batch)));
create policy key_import_add on sealed_key for insert to tugivork_write with check (kind = 'import' and (select has_role('coordinator')));
