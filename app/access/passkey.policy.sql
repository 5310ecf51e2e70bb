-- My keys are mine: I see them, add them and name them after a fresh proof; whose key it is only the door asks.
create policy definer_passkey on passkey to tugivork_definer using (true) with check (true);
create policy definer_challenge on spent_challenge to tugivork_definer using (true) with check (true);
grant delete on passkey, spent_challenge to tugivork_definer;
revoke select on spent_challenge from tugivork_read, tugivork_write;
revoke execute on function auth_remove_passkey(uuid) from tugivork_read;
-- What is made with an invitation, the door decides; with whom a password counts, it and what stands on one's own page.
revoke execute on function password_barred(uuid), first_way_of(uuid), first_way_made(uuid, uuid, text) from tugivork_read, tugivork_write;

grant insert (person_id, credential_id, public_key, counter, transports, backed_up, name, seal) on passkey to tugivork_write;
grant update (name) on passkey to tugivork_write;
create policy passkey_own on passkey for select to tugivork_read, tugivork_write using (person_id = (select auth_person()));
create policy passkey_add on passkey for insert to tugivork_write with check (person_id = (select auth_person()) and (select auth_fresh()));
create policy passkey_name on passkey for update to tugivork_write
  using (person_id = (select auth_person()) and (select auth_fresh())) with check (person_id = (select auth_person()));
-- What is told of a change or of a row without a seal, the triggers and the door decide; the process goes through all of them.
revoke execute on function way_changed(uuid, text, text), unsealed(text, text, uuid) from tugivork_read, tugivork_write;
revoke execute on function way_found(text, text, uuid), ways_sealed() from tugivork_read;
-- An address from before a change is forgotten with its letter.
grant update (to_before) on mail_outbox to tugivork_write;
