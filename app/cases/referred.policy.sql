-- Who brought which case is told by functions alone: to whoever brought it that it arrived, to its network by whom; by no statement.
revoke select on referral, referral_word from tugivork_read, tugivork_write;
create policy referral_definer on referral to tugivork_definer using (true) with check (true);
create policy referral_word_definer on referral_word to tugivork_definer using (true) with check (true);
revoke execute on function referral_callers(uuid) from tugivork_read, tugivork_write;
revoke execute on function referral_begin(uuid, uuid), referral_add(uuid, uuid, bytea), referral_key(uuid), referral_answer(uuid, text), referral_read(uuid) from tugivork_read;
create policy person_referred on person for select to tugivork_read, tugivork_write using (id = any ((select auth_referrers())::uuid[]));

-- Whoever brings a case writes it in the transaction that brings it, in their own name, and sees of it what writing takes: the row and the first word on its ground.
create policy referring_add on case_file for insert to tugivork_write
  with check (id = any ((select auth_referring())::uuid[]) and created_by = (select auth_person()) and status = 'open');
create policy referring_see on case_file for select to tugivork_write using (id = any ((select auth_referring())::uuid[]));
create policy referring_words on case_file for update to tugivork_write
  using (id = any ((select auth_referring())::uuid[])) with check (id = any ((select auth_referring())::uuid[]));
create policy referring_see on case_basis for select to tugivork_write using (case_id = any ((select auth_referring())::uuid[]));
create policy referring_prove on case_basis for update to tugivork_write
  using (case_id = any ((select auth_referring())::uuid[]) and recorded_by = (select auth_person())) with check (case_id = any ((select auth_referring())::uuid[]));
create policy referring_add on sealed_key for insert to tugivork_write with check (kind = 'case' and owner_id = any ((select auth_referring())::uuid[])
  and exists (select from case_file c where c.id = owner_id and c.network_id = sealed_key.network_id));
create policy referring_add on case_task for insert to tugivork_write
  with check (case_id = any ((select auth_referring())::uuid[]) and kind = 'tell-child-protection' and done_at is null);
do $$
declare t text;
begin
  foreach t in array array['case_name_key', 'case_surname'] loop
    execute format('create policy referring_add on %I for insert to tugivork_write with check (case_id = any ((select auth_referring())::uuid[]))', t);
  end loop;
  foreach t in array array['case_person', 'case_whereabouts', 'case_brief', 'safe_contact', 'case_diversity'] loop
    execute format('create policy referring_add on %I for insert to tugivork_write
      with check (case_id = any ((select auth_referring())::uuid[]) and recorded_by = (select auth_person()) and superseded_at is null)', t);
  end loop;
end $$;
