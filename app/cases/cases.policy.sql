-- A case belongs to one network: its lead sees it, and a member from the invitation on (shut_before_members). The coordinator and the auditor see the row, which names nobody.
-- Since when its core group is invited, the agendas say (case_invited).
grant insert (network_id, id, number, county_code, municipality_code, language, interpreter, source, referred_on, legal_basis, consent_on, consent_way, consent_recorded_by,
  why_marac_sealed, repeat_of, child_count, children_told_on, children_told_whom_sealed, children_not_told_sealed, status, version, created_at, created_by,
  not_offered_at, not_offered_sealed) on case_file to tugivork_write;
grant insert on case_person, case_whereabouts, reveal, instrument, assessment, case_brief, case_task to tugivork_write;
grant update (county_code, municipality_code, language, why_marac_sealed, child_count,
  children_told_on, children_told_whom_sealed, children_not_told_sealed, not_offered_at, not_offered_sealed, version) on case_file to tugivork_write;
grant update (superseded_at) on case_person, case_whereabouts, case_brief, assessment to tugivork_write;
grant update (done_at, done_by) on case_task to tugivork_write;
create policy case_definer on case_file for select to tugivork_definer using (true);
revoke execute on function core_invited(uuid, uuid), core_invited_drawn(uuid[]), invited_alone(uuid, uuid[]) from tugivork_read, tugivork_write;
create policy case_person_definer on case_person for select to tugivork_definer using (true);
create policy reveal_definer on reveal for select to tugivork_definer using (true);
create policy whereabouts_definer on case_whereabouts to tugivork_definer using (true) with check (true);
create policy brief_definer on case_brief for select to tugivork_definer using (true);

create policy case_network on case_file to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[])) with check (network_id = any ((select auth_networks())::uuid[]));
revoke execute on function auth_reveals_left(), supersede_whereabouts(uuid), next_case_number(int) from tugivork_read;
create policy case_national on case_file for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'auditor')));
-- The coordinator brings pseudonymous cases in with the workbook.
create policy case_import on case_file for insert to tugivork_write with check ((select has_role('coordinator')) and legal_basis = 'imported');

-- Who it is about is shown for some minutes to the one who asked with a purpose: one person at a time, and only where the case is theirs to ask about.
-- Where somebody corrects the entry meanwhile, the look holds for what is written down of the same person now.
create policy identity_revealed on case_person for select to tugivork_read, tugivork_write
  using ((id = any (array(select r.item_id from reveal r where r.person_id = (select auth_person()) and r.what = 'identity'
      and r.case_id = case_person.case_id and r.until > now()))
    or corrects_id = any (array(select r.item_id from reveal r where r.person_id = (select auth_person()) and r.what = 'identity'
      and r.case_id = case_person.case_id and r.until > now())))
    and (network_id = any ((select auth_networks())::uuid[]) or (select has_role('coordinator'))));
create policy identity_write on case_person for insert to tugivork_write with check (network_id = any ((select auth_networks())::uuid[]));
create policy identity_mend on case_person for update to tugivork_write
  using (network_id = any ((select auth_networks())::uuid[])) with check (network_id = any ((select auth_networks())::uuid[]));

-- Whereabouts come one value at a time.
create policy whereabouts_revealed on case_whereabouts for select to tugivork_read, tugivork_write
  using (id = any (array(select r.item_id from reveal r where r.person_id = (select auth_person()) and r.what = 'whereabouts'
    and r.case_id = case_whereabouts.case_id and r.until > now()))
    and (network_id = any ((select auth_networks())::uuid[]) or (select has_role('coordinator'))
      -- What is closed again in the brief is closed at once, in the middle of a look too.
      or (case_id = any ((select auth_supported())::uuid[]) and id in (
        select unnest(b.whereabouts_ids) from case_brief b where b.case_id = case_whereabouts.case_id and b.superseded_at is null))));
create policy whereabouts_write on case_whereabouts for insert to tugivork_write with check (network_id = any ((select auth_networks())::uuid[]));
create policy whereabouts_mend on case_whereabouts for update to tugivork_write
  using (network_id = any ((select auth_networks())::uuid[])) with check (network_id = any ((select auth_networks())::uuid[]));

-- A look is asked for in one's own name and for ten minutes at most: by the network, the coordinator, or the support person for what was opened to her.
create policy reveal_own on reveal for select to tugivork_read, tugivork_write using (person_id = (select auth_person()));
create policy reveal_ask on reveal for insert to tugivork_write with check (
  person_id = (select auth_person()) and at = now() and until <= now() + interval '10 minutes'
  -- After a fresh proof, and only so often a day; counted row by row.
  and (what = 'import' or ((select auth_fresh()) and auth_reveals_left() > 0)) and (
    -- What is asked for belongs to the case; the lists below hold only what the person may ask for.
    ((network_id = any ((select auth_networks())::uuid[]) or (select has_role('coordinator')))
      and ((what = 'identity' and item_id in (select id from people_of(case_id))) or (what = 'whereabouts' and item_id in (select id from whereabouts_of(case_id)))))
    -- To close the notes of an old workbook the coordinator needs the key and sees no value.
    or (what = 'import' and item_id is null and until <= now() + interval '1 minute' and (select has_role('coordinator')))
    or (what = 'whereabouts' and case_id = any ((select auth_supported())::uuid[]) and item_id in (
      select unnest(b.whereabouts_ids) from case_brief b where b.case_id = reveal.case_id and b.superseded_at is null)
      and item_id in (select id from whereabouts_of(case_id)))));

create policy instrument_read on instrument for select to tugivork_read, tugivork_write using ((select auth_person()) is not null);
create policy instrument_add on instrument for insert to tugivork_write with check ((select has_role('coordinator', 'admin')));

-- Risk belongs to the network. The coordinator sees levels and grounds, for the figures, but holds no key to the answers.
create policy assessment_network on assessment for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
-- Anybody of the network may prepare one for a trained colleague; it is final only under the name of somebody whose own training is recorded (R1).
create policy assessment_prepare on assessment for insert to tugivork_write
  with check (network_id = any ((select auth_networks())::uuid[]) and state = 'draft' and prepared_by = (select auth_person()));
create policy assessment_finish on assessment for insert to tugivork_write with check (
  network_id = any ((select auth_networks())::uuid[]) and state = 'final' and assessor_id = (select auth_person())
  and assessor_trained_on = (select p.marac_trained_on from person p where p.id = (select auth_person())) and assessor_trained_on <= made_on);
create policy assessment_supersede on assessment for update to tugivork_write
  using (network_id = any ((select auth_networks())::uuid[])) with check (network_id = any ((select auth_networks())::uuid[]));
create policy assessment_national on assessment for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
create policy assessment_import on assessment for insert to tugivork_write
  with check ((select has_role('coordinator')) and state = 'imported' and assessor_id = (select auth_person()));
create policy task_network on case_task to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[])) with check (network_id = any ((select auth_networks())::uuid[]));
create policy task_national on case_task for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'system')));

-- The brief is written by the network and read by the support person while the assignment lasts, and by her supervisor until the reports of it are answered.
create policy brief_network on case_brief to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[])) with check (network_id = any ((select auth_networks())::uuid[]));
create policy brief_support on case_brief for select to tugivork_read, tugivork_write
  using (case_id = any ((select auth_supported())::uuid[]) or case_id = any ((select auth_supervised())::uuid[]));
-- The supervisor opens single items to the support person, under her own name.
create policy brief_supervisor on case_brief for insert to tugivork_write
  with check (case_id = any ((select auth_supervised())::uuid[]) and recorded_by = (select auth_person()));
create policy brief_supervisor_mend on case_brief for update to tugivork_write
  using (case_id = any ((select auth_supervised())::uuid[])) with check (case_id = any ((select auth_supervised())::uuid[]));

-- The key of a case: the network; its support person and, until the reports are answered, her supervisor; the coordinator while a look with a purpose lasts.
create policy key_case on sealed_key for select to tugivork_read, tugivork_write using (kind = 'case' and (
  network_id = any ((select auth_networks())::uuid[]) or owner_id = any ((select auth_supported())::uuid[]) or owner_id = any ((select auth_supervised())::uuid[])
  or ((select has_role('coordinator')) and owner_id = any (array(select r.case_id from reveal r where r.person_id = (select auth_person()) and r.until > now())))));
-- A key is made for a case that is there, so that nobody takes the place of another's.
create policy key_case_add on sealed_key for insert to tugivork_write
  with check (kind = 'case' and (network_id = any ((select auth_networks())::uuid[]) or (select has_role('coordinator')))
    and exists (select from case_file c where c.id = owner_id and c.network_id = sealed_key.network_id));

-- People of one network see one another's names: who referred, who assessed, whom to ask.
create policy person_of_network on person for select to tugivork_read, tugivork_write using (
  id = any (array(select r.person_id from person_role r where r.network_id = any ((select auth_networks())::uuid[]))));

-- What happened is written and read by the network alone; what is written stays.
grant insert on case_incident to tugivork_write;
create policy incident_network on case_incident for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy incident_add on case_incident for insert to tugivork_write
  with check (network_id = any ((select auth_networks())::uuid[]) and recorded_by = (select auth_person()) and kind is not null and police is not null
    and on_date <= (now() at time zone 'Europe/Tallinn')::date);
