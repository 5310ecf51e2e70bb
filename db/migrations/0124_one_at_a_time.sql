-- Two of one person at the same moment – signing in, giving up ways in: who waits for whom? Each for the row of the person.
set local role tugivork_owner;

-- As before; only so many as the role allows also where several come in at once, and what has run out pushes out nobody. A session lasts no longer
-- than the roles it is opened with: where one begins or ends by its day, until that midnight.
create or replace function door_open(who uuid, claim bytea, how text, strength int, idle int, absolute interval, at_once int, device text)
returns uuid language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare made uuid; other_roles timestamptz; today date := (now() at time zone 'Europe/Tallinn')::date;
begin
  perform from person where id = who and status = 'active' for no key update;
  if not found then raise exception 'no such person' using errcode = 'P0002'; end if;
  select min(day)::timestamp at time zone 'Europe/Tallinn' into other_roles from person_role r, unnest(array[r.valid_from, r.valid_to + 1]) day
    where r.person_id = who and r.valid_from <= r.valid_to and day > today;
  update session set ended_at = now(), ended_why = 'replaced' where id in (
    select id from session where person_id = who and ended_at is null and method <> 'service' and idle_until > now() and absolute_until > now()
    order by created_at desc offset greatest(at_once - 1, 0));
  insert into session (person_id, claim_hash, method, factors, idle_minutes, idle_until, absolute_until, device)
  values (who, claim, how, strength, idle, now() + make_interval(mins => idle), least(now() + absolute, other_roles), device) returning id into made;
  return made;
end $$;

-- As before; of two presses at once one moves the session, the other finds that it has moved.
create or replace function auth_stand_in(the_substitution uuid, new_claim bytea) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session;
begin
  select * into mine from session where id = auth_session() and ended_at is null for update;
  if mine.id is null or mine.method = 'service' or (the_substitution is not null and (not auth_fresh() or auth_owes() is not null)) then
    raise exception 'not for this session' using errcode = '42501';
  end if;
  if the_substitution is not null and not exists (
    select from substitution u where u.id = the_substitution and u.taker_id = mine.person_id and u.ended_at is null and substitution_holds(u)) then
    raise exception 'nobody has asked you' using errcode = 'P0002';
  end if;
  update session set ended_at = now(), ended_why = 'replaced' where id = mine.id;
  mine.id := gen_random_uuid();
  mine.claim_hash := new_claim;
  mine.substitution_id := the_substitution;
  insert into session select mine.*;
  return mine.id;
end $$;

-- As before; what is a way in is asked in one place, and of a key and a card given up at once one stays.
create or replace function auth_remove_passkey(key uuid) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); demo boolean := exists (select 1 from session where id = auth_session() and method = 'demo');
begin
  if not auth_fresh() then raise exception 'not fresh' using errcode = '42501'; end if;
  perform from person where id = me for no key update;
  if not exists (select 1 from passkey where id = key and person_id = me) then return 'missing'; end if;
  if not demo and 'admin' = any (auth_held_roles()) and (select count(*) from passkey where person_id = me) <= 2 then return 'two'; end if;
  if not demo and not way_left(me, key, false) then return 'last'; end if;
  update session set ended_at = now(), ended_why = 'replaced' where passkey_id = key and ended_at is null;
  delete from passkey where id = key;
  return 'done';
end $$;

create or replace function identity_unlink(who uuid) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not auth_fresh() or not (who = auth_person() or has_role('admin')) then raise exception 'not for you' using errcode = '42501'; end if;
  perform from person where id = who for no key update;
  if who = auth_person() and not way_left(who, null, true) then return 'last'; end if;
  delete from person_identity where person_id = who;
  if not found then return 'none'; end if;
  update session set ended_at = now(), ended_why = 'replaced' where person_id = who and method = 'oidc' and id <> auth_session() and ended_at is null;
  return 'done';
end $$;
drop function identity_is_last(uuid);

-- A role that begins or ends by somebody's hand ends the sessions of its holder: the next one is opened with what her roles allow now, under a new
-- value. Nothing typed is lost, a draft waits for her. A demonstration has nothing to guard; and whoever writes past the program, with nobody signed
-- in, ends no session by it.
create function role_changes() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid := coalesce(new.person_id, old.person_id);
begin
  if auth_person() is null then return null; end if;
  -- Whoever is just coming in waits here, or is waited for.
  perform from person where id = who for no key update;
  update session set ended_at = now(), ended_why = 'replaced' where person_id = who and ended_at is null and method not in ('demo', 'service');
  return null;
end $$;
create trigger role_changes after insert or delete or update of role, valid_from, valid_to on person_role for each row execute function role_changes();
