-- Erasure is asked for by one and decided by another; keys are changed by the process alone.
grant insert (id, kind, owner_id, network_id, label, ground, asked_by, asked_as, reason_sealed) on erasure to tugivork_write;
grant insert (case_id, network_id, why, asked_by) on key_change to tugivork_write;
revoke execute on function destroy_keys(uuid[]), erase_case(uuid), erase_words(uuid), erase_volunteer(uuid), erase_talks(uuid), talks_left(uuid), papers_before(date),
  papers_kept(uuid), papers_forget(uuid, date), retention() from tugivork_read, tugivork_write;
revoke execute on function decide_erasure(uuid, boolean) from tugivork_read;

-- Those who may decide see what was asked: the auditor, the coordinator, and the lead for the cases of the network.
create policy erasure_read on erasure for select to tugivork_read, tugivork_write using (
  (select has_role('auditor', 'coordinator')) or network_id = any ((select auth_led())::uuid[]));
-- One asks in one's own name, as what one is, and about what is there.
create policy erasure_ask on erasure for insert to tugivork_write with check (
  asked_by = (select auth_person()) and asked_at = now() and decided_by is null and erasure_mine(kind, network_id, asked_as)
  and ((kind = 'case' and exists (select from case_file c where c.id = owner_id and c.network_id = erasure.network_id and c.number = label))
    or (kind in ('volunteer', 'talks', 'papers') and exists (select from volunteer v where v.id = owner_id and v.code = label))));

-- The lead asks for a new key; the network sees when it was made.
create policy key_change_ask on key_change for insert to tugivork_write with check (
  asked_by = (select auth_person()) and done_at is null and network_id = any ((select auth_led())::uuid[])
  and exists (select from case_file c where c.id = case_id and c.network_id = key_change.network_id));
create policy key_change_read on key_change for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) or (select has_role('auditor')));

create policy upkeep_read on upkeep for select to tugivork_read, tugivork_write using ((select has_role('admin', 'auditor')));
create policy upkeep_week on upkeep for insert to tugivork_definer with check (kind = 'week');

-- The functions that erase reach every row of the one owner, and nobody may call them but the decision.
create policy definer_erasure on erasure to tugivork_definer using (true) with check (true);
create policy definer_key on sealed_key to tugivork_definer using (true) with check (true);
do $$
declare t text;
begin
  for t in
    select distinct c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
      and (a.attname in ('case_id', 'volunteer_id') or c.relname in ('case_file', 'volunteer', 'person', 'credential', 'month_report_event'))
      and c.relname not in ('audit_event', 'erasure')
  loop
    execute format('create policy definer_erases on %I for update to tugivork_definer using (true) with check (true)', t);
    execute format('create policy definer_finds on %I for select to tugivork_definer using (true)', t);
  end loop;
end $$;
-- What was written at a meeting goes with the last of its cases.
create policy definer_erases on outgoing_file for update to tugivork_definer using (true) with check (true);
create policy definer_erases on minutes for update to tugivork_definer using (true) with check (true);
-- The end of a support stands in its history.
create policy definer_ends on assignment_event for insert to tugivork_definer with check (true);
-- What was hers alone, or her account's, goes whole (volunteer_forgotten, account_forgotten); so does a device that nothing is on any more.
do $$
declare t text;
begin
  foreach t in array array['message_read', 'message_copy', 'volunteer_limit', 'volunteer_area', 'volunteer_away', 'volunteer_tie', 'sample_topic', 'field_device', 'field_entry',
    'calendar_feed', 'saved_filter', 'draft', 'mail_outbox']
  loop
    execute format('grant delete on %I to tugivork_definer', t);
    execute format('create policy definer_forgets on %I for delete to tugivork_definer using (true)', t);
  end loop;
end $$;
create policy definer_finds on field_entry for select to tugivork_definer using (true);
create policy definer_finds on saved_filter for select to tugivork_definer using (true);
create policy definer_finds on mail_outbox for select to tugivork_definer
  using (person_id = any (array(select id from person where email like 'kustutatud-%@localhost.invalid')));
