-- The coordinator makes papers, keeps the signed copies and sets the wordings; a volunteer reads her own. Nobody else reads any.
grant insert on paper_template to tugivork_write;
grant insert (id, volunteer_id, kind, template, locale, made_on, valid_from, valid_to, facts_sealed, made_by) on paper to tugivork_write;
grant update (superseded_at, superseded_reason) on paper to tugivork_write;
grant insert (id, paper_id, volunteer_id, form, signed_on, size, sha256, file_sealed, signatures_sealed, evidence_id, recorded_by) on paper_signed to tugivork_write;
grant update (superseded_at, superseded_reason) on paper_signed to tugivork_write;

create policy template_read on paper_template for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'volunteer')));
create policy template_add on paper_template for insert to tugivork_write
  with check ((select has_role('coordinator')) and created_by = (select auth_person()));

create policy paper_read on paper for select to tugivork_read, tugivork_write
  using ((select has_role('coordinator')) or volunteer_id = (select auth_volunteer()));
create policy paper_make on paper for insert to tugivork_write
  with check ((select has_role('coordinator')) and made_by = (select auth_person()) and volunteer_id = any (array(select id from volunteer)));
create policy paper_drop on paper for update to tugivork_write
  using ((select has_role('coordinator')) and superseded_at is null) with check ((select has_role('coordinator')) and superseded_at = now());

-- A copy is of a paper that still counts.
create policy signed_read on paper_signed for select to tugivork_read, tugivork_write
  using ((select has_role('coordinator')) or volunteer_id = (select auth_volunteer()));
create policy signed_add on paper_signed for insert to tugivork_write
  with check ((select has_role('coordinator')) and recorded_by = (select auth_person())
    and paper_id = any (array(select p.id from paper p where p.superseded_at is null)));
create policy signed_drop on paper_signed for update to tugivork_write
  using ((select has_role('coordinator')) and superseded_at is null) with check ((select has_role('coordinator')) and superseded_at = now());

-- What somebody said who leaves is between them and the coordinator, and stays as it was written.
grant insert on exit_talk to tugivork_write;
create policy exit_read on exit_talk for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
create policy exit_add on exit_talk for insert to tugivork_write
  with check ((select has_role('coordinator')) and recorded_by = (select auth_person()) and volunteer_id = any (array(select id from volunteer)));
