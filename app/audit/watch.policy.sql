-- What was found about somebody is known to the auditors – not about themselves – and to nobody else; where there is no other auditor, to the
-- administrator. The rules are gone through by the process; a finding is judged once, in one's own name.
revoke execute on function watch_pairs(text[]), watch_look(text[], text[], text[], text[], jsonb) from tugivork_read;
revoke execute on function watch_tied(uuid, uuid, text[], bigint), watch_from() from tugivork_read, tugivork_write;
create policy surname_definer on case_surname to tugivork_definer using (true) with check (true);
create policy finding_definer on watch_finding to tugivork_definer using (true) with check (true);
create policy round_definer on watch_round to tugivork_definer using (true) with check (true);
grant insert on case_surname to tugivork_write;
create policy surname_add on case_surname for insert to tugivork_write with check (network_id = any ((select auth_networks())::uuid[]));
grant update (judgement, judged_by, judged_at, words_sealed) on watch_finding to tugivork_write;
create policy finding_auditor on watch_finding for select to tugivork_read, tugivork_write
  using ((select has_role('auditor')) and person_id <> (select auth_person()));
create policy finding_alone on watch_finding for select to tugivork_read, tugivork_write
  using ((select has_role('admin')) and person_id <> (select auth_person()) and watch_alone(person_id));
create policy finding_judge on watch_finding for update to tugivork_write
  using ((select has_role('auditor', 'admin')) and judgement is null)
  with check (judged_by = (select auth_person()) and judged_at = now() and words_sealed is not null);
create policy round_read on watch_round for select to tugivork_read, tugivork_write using ((select has_role('auditor', 'admin')));
-- How much was found in all would tell an auditor of what she does not see.
revoke select on watch_round from tugivork_read, tugivork_write;
grant select (id, at, until_seq) on watch_round to tugivork_read, tugivork_write;
-- The log is silent about findings to whoever does not see them: who is an auditor would read there that somebody has opened one about her, or
-- that another's list is longer than her own.
create policy finding_quiet on audit_event as restrictive for select to tugivork_read, tugivork_write
  using (action !~ '^watch[.]' or actor = (select auth_person()) or object_id = any (array(select w.id::text from watch_finding w)));
