-- A workbook being read in is seen by the coordinator who brought it.
grant insert on import_batch to tugivork_write;
grant update (preview_sealed, state, decided_at, counts) on import_batch to tugivork_write;
create policy import_own on import_batch to tugivork_read, tugivork_write
  using (made_by = (select auth_person()) and (select has_role('coordinator'))) with check (made_by = (select auth_person()) and (select has_role('coordinator')));
create policy key_import on sealed_key for select to tugivork_read, tugivork_write
  using (kind = 'import' and owner_id = any (array(select id from import_batch)));
create policy key_import_add on sealed_key for insert to tugivork_write with check (kind = 'import' and (select has_role('coordinator')));
