-- By what the country is measured is no secret; the coordinator says it, in her own name, and changes no line that stands.
grant insert (what, county_code, hundredths, valid_from, source, set_by) on capacity_fact to tugivork_write;
create policy fact_read on capacity_fact for select to tugivork_read, tugivork_write using ((select has_role('lead', 'coordinator', 'steering', 'system')));
create policy fact_say on capacity_fact for insert to tugivork_write
  with check ((select has_role('coordinator')) and set_by = (select auth_person()));

-- What is published holds no number that is too small; the process writes it, and nobody changes it.
grant insert (from_on, to_on, threshold, figures) on capacity_half to tugivork_write;
create policy capacity_read on capacity_half for select to tugivork_read, tugivork_write using ((select has_role('lead', 'coordinator', 'steering', 'system')));
create policy capacity_write on capacity_half for insert to tugivork_write
  with check ((select has_role('system')) and to_on < (now() at time zone 'Europe/Tallinn')::date);
