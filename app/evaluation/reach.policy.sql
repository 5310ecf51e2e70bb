-- What is published of whom the help reaches holds no number that is too small; the process writes it, and nobody changes it.
grant insert (from_on, to_on, threshold, figures) on reach_half to tugivork_write;
create policy reach_read on reach_half for select to tugivork_read, tugivork_write using ((select has_role('lead', 'coordinator', 'steering', 'system')));
create policy reach_write on reach_half for insert to tugivork_write
  with check ((select has_role('system')) and to_on < (now() at time zone 'Europe/Tallinn')::date);
