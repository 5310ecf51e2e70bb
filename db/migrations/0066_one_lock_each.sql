-- Who waits for whom? An answer of a referee for another answer alone, and not for the round over the log.
set local role tugivork_owner;

-- As before, with a lock of its own: the number was that of the round (watch_look), which may take long, and whoever waits here holds one of the
-- few connections of the door – nobody could have signed in meanwhile.
create or replace function door_reference_answer(token bytea, address bytea, the_id uuid, master text, key bytea, answers bytea, asked_form int) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare asked reference_request; busy int;
begin
  perform pg_advisory_xact_lock(4721);
  busy := reference_wait(address);
  if busy > 0 then return busy; end if;
  insert into application_try (address_key, what) values (address, 'reference');
  asked := reference_behind(token);
  if asked.id is null or asked.id <> the_id then return -1; end if;
  insert into sealed_key (kind, owner_id, master_id, wrapped) values ('reference', asked.id, master, key);
  update reference_request set answered_at = now(), form = asked_form, answers_sealed = answers where id = asked.id;
  insert into mail_outbox (person_id, kind, unique_key) values (asked.asked_by, 'new-task', 'reference/' || asked.id) on conflict do nothing;
  perform audit_append('recruitment.reference.answer', 'application', asked.volunteer_id::text, null, null, 'done', '{}', null, null);
  return 0;
end $$;
