-- Nothing is open unless a policy below or in a later subject opens it; every table is closed first, for its owner too.
do $$
declare t text;
begin
  for t in select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('revoke all on %s from public, tugivork_read, tugivork_write, tugivork_door, tugivork_jobs', t);
    execute format('grant select on %s to tugivork_read, tugivork_write', t);
    execute format('grant select, insert, update on %s to tugivork_definer', t);
  end loop;
end $$;

-- Functions that look behind the policies are owned by a role of their own and may be called only by those named here.
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as sig, p.prosecdef, p.proname from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace left join pg_depend d on d.objid = p.oid and d.deptype = 'e'
    where n.nspname = 'public' and d.objid is null loop
    if f.prosecdef then execute format('alter function %s owner to tugivork_definer', f.sig); end if;
    execute format('revoke all on function %s from public', f.sig);
    if f.proname like 'door_%' then execute format('grant execute on function %s to tugivork_door', f.sig);
    -- These look with the eyes of whoever calls them, so they are called by those functions alone.
    elsif f.proname in ('auth_asking', 'auth_held', 'held_now', 'held_drawn') then execute format('grant execute on function %s to tugivork_definer', f.sig);
    elsif f.proname not in ('classify') then execute format('grant execute on function %s to tugivork_read, tugivork_write, tugivork_definer', f.sig);
    end if;
  end loop;
end $$;

grant insert on once, draft, saved_filter, setting, sealed_key to tugivork_write;
grant insert (person_id, kind, unique_key) on mail_outbox to tugivork_write;
grant update (values_sealed, updated_at) on draft to tugivork_write;
grant update (result_sealed) on once to tugivork_write;
grant update (sent_at, attempts) on mail_outbox to tugivork_write;
grant delete on draft, saved_filter to tugivork_write;
-- Whoever only looks waits for nobody.
revoke execute on function one_by_one(text) from tugivork_read;
revoke select on sign_in_attempt, credential, recovery_code from tugivork_read, tugivork_write;

-- The definer functions see the rows that they exist to answer about.
create policy definer_session on session to tugivork_definer using (true) with check (true);
create policy definer_person on person for select to tugivork_definer using (true);
create policy definer_role on person_role for select to tugivork_definer using (true);
create policy definer_network on network for select to tugivork_definer using (true);
create policy definer_credential on credential to tugivork_definer using (true) with check (true);
create policy definer_recovery on recovery_code to tugivork_definer using (true) with check (true);
-- Which master keys have been retired is asked by the fence before every key.
create policy definer_retired on master_retired for select to tugivork_definer using (true);
create policy definer_attempt on sign_in_attempt to tugivork_definer using (true) with check (true);
create policy definer_setting on setting for select to tugivork_definer using (true);
create policy definer_draft on draft to tugivork_definer using (true) with check (true);
grant delete on sign_in_attempt to tugivork_definer;

-- Everyone who is signed in may read the map of the country and the settings in force.
create policy county_read on county for select to tugivork_read, tugivork_write using ((select auth_person()) is not null);
create policy municipality_read on municipality for select to tugivork_read, tugivork_write using ((select auth_person()) is not null);
create policy network_read on network for select to tugivork_read, tugivork_write using ((select auth_person()) is not null);
create policy network_area_read on network_area for select to tugivork_read, tugivork_write using ((select auth_person()) is not null);
-- By what the log is gone through (`watch…`) is for whoever answers for it.
create policy setting_read on setting for select to tugivork_read, tugivork_write
  using ((select auth_person()) is not null and (name !~ '^watch' or (select has_role('auditor', 'system'))));
-- Settings are set by the administrator and by the coordinator, those of the log by the auditor: under their own name, after a fresh proof, and by nobody who stands in.
-- What is loosened is not set but asked for (access/settings.policy.sql).
create policy setting_add on setting for insert to tugivork_write
  with check (case when name ~ '^watch' then (select has_role('auditor')) else (select has_role('admin', 'coordinator')) end
    and (select auth_in_person()) and (select auth_fresh()) and set_by = (select auth_person())
    and not setting_takes_two(name, value, valid_from));

-- What I am in the middle of, and which of my forms have already had their effect, is mine alone.
create policy once_definer on once to tugivork_definer using (true) with check (true);
grant delete on once to tugivork_definer;
revoke execute on function once_forget() from tugivork_read;
create policy once_own on once to tugivork_write using (person_id = (select auth_person())) with check (person_id = (select auth_person()));
create policy saved_own on saved_filter to tugivork_read, tugivork_write
  using (person_id = (select auth_person())) with check (person_id = (select auth_person()));
create policy draft_own on draft to tugivork_read, tugivork_write
  using (person_id = (select auth_person())) with check (person_id = (select auth_person()));

-- Anyone's work may cause an e-mail to be sent; only the process itself sees the queue. Whoever could take a reminder's key beforehand
-- could keep it from being sent (0137). To somebody without an account it is the coordinator who writes, and the lead to whoever holds a file that went out.
create policy mail_add on mail_outbox for insert to tugivork_write
  with check ((select auth_person()) is not null
    and (person_id is not null or (select has_role('coordinator')) or (kind = 'mark-changed' and (select has_role('lead')))) and letter_key_may(unique_key));
-- A letter about a case is added past the walls by a function.
create policy mail_about_add on mail_outbox for insert to tugivork_definer with check (to_sealed is null and link_sealed is null);
revoke execute on function mail_about(uuid, uuid, text, text) from tugivork_read;
create policy mail_send on mail_outbox for select to tugivork_read, tugivork_write using ((select has_role('system')));
create policy mail_sent on mail_outbox for update to tugivork_write using ((select has_role('system'))) with check ((select has_role('system')));

-- My own key seals my drafts. Keys of cases, volunteers, reports and imports are opened by the subjects that own them.
create policy key_own on sealed_key for select to tugivork_read, tugivork_write using (kind = 'person' and owner_id = (select auth_person()));
create policy key_own_add on sealed_key for insert to tugivork_write with check (kind = 'person' and owner_id = (select auth_person()));
-- A GET may be the first time that somebody needs a key of their own, but a GET writes nothing: keys are made by commands only.
