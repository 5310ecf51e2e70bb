-- Everybody who supports, guides, trains or leads reads what helps; the coordinator writes the next version, in her own name.
grant insert (situation, version, words, changed, created_by) on material to tugivork_write;
create policy material_read on material for select to tugivork_read, tugivork_write
  using ((select has_role('volunteer', 'supervisor', 'coordinator', 'trainer', 'manager')));
create policy material_write on material for insert to tugivork_write
  with check ((select has_role('coordinator')) and created_by = (select auth_person()));
