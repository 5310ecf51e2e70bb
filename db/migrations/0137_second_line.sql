-- What could somebody who says anything to the database in her own name still bring about that the program keeps from her?
set local role tugivork_owner;

-- An id is one, however it is typed: what is written of a thing is found with it, and whoever comes to it waits. So is every word in the log.
create function audit_write(
  action text, object_kind text, object_id text, case_id uuid, network_id uuid, result text, fields text[], hits int, reason_sealed bytea
) returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare last audit_event; made audit_event;
  the_id text := case when object_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then lower(object_id) else object_id end;
  behalf uuid := coalesce(auth_behalf(), duty_behalf(object_kind, the_id, case_id));
begin
  perform pg_advisory_xact_lock(4711);
  select * into last from audit_event order by seq desc limit 1;
  made.seq := coalesce(last.seq, 0) + 1;
  made.at := clock_timestamp();
  made.session_id := auth_session();
  made.actor := auth_person();
  made.on_behalf_of := behalf;
  -- Before anybody is known there is nothing to tell but attempts at the door.
  if made.actor is null and action not like 'access.%' and session_user in ('tugivork_read', 'tugivork_write') then
    raise exception 'nobody is asking' using errcode = '42501';
  end if;
  made.action := action; made.object_kind := object_kind; made.object_id := the_id;
  made.case_id := case_id; made.network_id := network_id; made.result := result;
  made.fields := coalesce(fields, '{}'); made.hits := hits; made.reason_sealed := reason_sealed;
  made.prev := coalesce(last.hash, '\x00'::bytea);
  made.hash := audit_hash(made);
  insert into audit_event select made.*;
  return made.seq;
end $$;

-- As before, for everybody; but that two people did something, and which two, is told by nobody but what they did it with.
create or replace function audit_append(
  action text, object_kind text, object_id text, case_id uuid, network_id uuid, result text, fields text[], hits int, reason_sealed bytea
) returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if action in ('access.recovered', 'access.emailChanged', 'access.nameChanged') or exists (select from unnest(fields) f where f like 'by:%') then
    raise exception 'not for you' using errcode = '42501';
  end if;
  return audit_write(action, object_kind, object_id, case_id, network_id, result, fields, hits, reason_sealed);
end $$;

-- As before; and no name of a field keeps an attempt out of the log.
create or replace function audit_denied(action text, asked uuid[], fields text[]) returns bigint
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select audit_append(action, null, asked[1]::text, found.case_id, found.network_id, 'denied',
    array(select f from unnest(fields) f where f not like 'by:%'), null, null)
  from (select) one left join lateral (
    select c.id as case_id, c.network_id from case_file c where c.id = any (asked)
    union all select n.case_id, n.network_id from need n where n.id = any (asked)
    union all select a.case_id, a.network_id from assignment a where a.id = any (asked)
    union all select v.case_id, v.network_id from visit v where v.id = any (asked)
    union all select c.case_id, c.network_id from concern c where c.id = any (asked)
    limit 1) found on true
$$;

create or replace function one_by_one(what text) returns void language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended(lower(what), 4725)) where auth_person() is not null
$$;

-- By which key may whoever asks write a letter? One that is there already keeps the next one from being written: so nobody takes those of the
-- letters that the database writes by itself, and the coordinator none of those by which the process tells what she herself looked at.
create function letter_key_may(key text) returns boolean language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select key is null or (key !~ '^(way|seal|bait|outing)/'
    and (has_role('system') or (has_role('coordinator') and key !~ '^(wall|watch|glass)/')))
$$;

-- As before, by those keys.
create or replace function mail_about(the_case uuid, whom uuid, what text, once text default null) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if auth_person() is null or not letter_key_may(once) then raise exception 'not for you' using errcode = '42501'; end if;
  insert into mail_outbox (person_id, kind, unique_key)
  select whom, what, once where not exists (select from wall where person_id = whom and case_id = the_case and lifted_at is null)
  on conflict do nothing;
end $$;
create or replace function mail_urgent(the_case uuid, the_network uuid, the_volunteer uuid, what text, once text default null, late boolean default false) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if auth_person() is null or not letter_key_may(once) then raise exception 'not for you' using errcode = '42501'; end if;
  insert into mail_outbox (person_id, kind, unique_key)
  select distinct u.person_id, what, once || u.person_id from urgent_people(the_volunteer, the_network, the_case, late) u
  where u.person_id <> auth_person() on conflict do nothing;
end $$;

-- As before; and each of the two only as long as she could still be one of them.
create or replace function invitation_recovery(who uuid) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id from confirmation c where c.kind in ('recover', 'reopen') and c.person_id = who and c.decision = 'confirmed' and c.stopped_at is null
    and ((c.proposed_by = auth_person() and confirmation_asker_may(c))
      or (c.decided_by = auth_person() and auth_person() = any (confirmation_deciders(c.kind, c.role, c.person_id, c.proposed_by))))
    and c.person_id <> auth_person() and c.expires_at > now()
    and not exists (select 1 from invitation i where i.confirmation_id = c.id and i.used_at is not null)
  order by c.decided_at desc limit 1
$$;

-- Her code for a name, and no address, has only somebody who was erased; whoever else writes that writes what her account says. What is erased stays so.
create or replace function volunteer_email() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.name = old.code and new.name = new.code and old.person_id is not null then new.email := null; return new; end if;
  select p.email into new.email from person p where p.id = new.person_id;
  return new;
end $$;
create or replace function volunteer_name() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.name = old.code and new.name = new.code and old.person_id is not null then return new; end if;
  new.name := coalesce((select p.name from person p where p.id = new.person_id and p.name <> new.code), new.name);
  return new;
end $$;
-- Only an erasure writes as the definer (as 0089).
drop trigger volunteer_email on volunteer;
create trigger volunteer_email before insert or update of email, person_id on volunteer
  for each row when (new.person_id is not null and (new.name <> new.code or current_user <> 'tugivork_definer')) execute function volunteer_email();
drop trigger volunteer_name on volunteer;
create trigger volunteer_name before insert or update of name, person_id on volunteer
  for each row when (new.person_id is not null and (new.name <> new.code or current_user <> 'tugivork_definer')) execute function volunteer_name();

-- As they were written last; what two people did is written past what everybody may write. What was written of a name before the address changed goes to
-- where she was, too. And on her own page stand the names of nobody but those who really decided about her.
do $$
declare written text; change text[];
begin
  foreach change slice 1 in array array[
    array['door_invited(uuid, bytea, text)', 'perform audit_append(', 'perform audit_write('],
    array['email_change(confirmation)', 'perform audit_append(', 'perform audit_write('],
    array['name_change(confirmation)', 'perform audit_append(', 'perform audit_write('],
    array['email_change(confirmation)', '''email-changed'')', '''email-changed'', ''name-asked'', ''name-kept'', ''name-changed'')'],
    array['auth_doors()', 'join person p on ''by:'' || p.id = f order by', 'join person p on ''by:'' || p.id = f
      where exists (select from confirmation c where c.person_id = auth_person() and c.kind <> ''role'' and c.decision = ''confirmed''
        and p.id in (c.proposed_by, c.decided_by)) order by']] loop
    written := pg_get_functiondef(change[1]::regprocedure);
    if position(change[2] in written) = 0 then raise exception 'another text: %', change[1]; end if;
    execute replace(written, change[2], change[3]);
  end loop;
end $$;
