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

-- Whoever asked for it could still ask: she is here, and holds of her own what one asks it by. Says what the policies say of whoever asks.
create function confirmation_asker_may(c confirmation) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case c.kind when 'reopen' then holds(c.proposed_by, 'admin')
    when 'role' then holds(c.proposed_by, 'admin') or (c.role in ('volunteer', 'supervisor') and holds(c.proposed_by, 'coordinator'))
    else coalesce(c.proposed_by = any (confirmation_deciders(c.kind, null, c.person_id, c.person_id)), false) end
$$;

-- As before; the first of the two counts only while she could ask. One decision after another, and persons before what is theirs, as where an account
-- is closed: whoever asked, decides or is meant stays who they are until it is made.
create or replace function confirmation_decide(the_id uuid, how text, why text, seen text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c confirmation;
begin
  perform pg_advisory_xact_lock(4713);
  perform from person p where p.id = auth_person() or p.id in (select unnest(array[k.proposed_by, k.person_id]) from confirmation k where k.id = the_id)
    order by p.id for no key update of p;
  select * into c from confirmation where id = the_id for update;
  if c.id is null or how not in ('confirmed', 'refused') or not auth_fresh() or not auth_in_person() or cardinality(auth_roles()) = 0
    or not coalesce(auth_person() = any (confirmation_deciders(c.kind, c.role, c.person_id, c.proposed_by)), false) then
    raise exception 'not for you' using errcode = '42501';
  end if;
  if c.decision is not null or c.stopped_at is not null or c.expires_at <= now() or c.valid_to < (now() at time zone 'Europe/Tallinn')::date
    or not confirmation_asker_may(c)
    or (c.kind <> 'reopen' and not exists (select 1 from person where id = c.person_id and status = 'active')) then return false; end if;
  update confirmation set decision = how, decided_by = auth_person(), decided_at = now(), decision_reason = why,
    decision_way = case when how = 'confirmed' then seen end where id = the_id;
  if how = 'confirmed' then perform confirmation_take_effect(c); end if;
  return true;
end $$;

-- As before; the asker is still an auditor.
create or replace function wall_decide(the_wall uuid, lifts boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare old wall;
begin
  select * into old from wall where id = the_wall and lifted_at is null and lift_asked_by is not null for update;
  if old.id is null or not wall_decider(old.lift_asked_by, old.person_id) or old.case_id = any (auth_walled()) or not holds(old.lift_asked_by, 'auditor') then
    return false;
  end if;
  update wall set lifted_by = case when lifts then auth_person() end, lifted_at = case when lifts then now() end,
    lift_asked_by = case when lifts then lift_asked_by end, lift_asked_at = case when lifts then lift_asked_at end,
    lift_reason_sealed = case when lifts then lift_reason_sealed end
  where id = the_wall;
  return true;
end $$;

-- As before; where whoever asked is no auditor any more, another one may ask.
create or replace function wall_ask(the_wall uuid, reason bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update wall set lift_asked_by = auth_person(), lift_asked_at = now(), lift_reason_sealed = reason
  where id = the_wall and has_role('auditor') and lifted_at is null and (lift_asked_by is null or not holds(lift_asked_by, 'auditor'))
    and person_id <> auth_person() and not case_id = any ((select auth_walled())::uuid[]);
  return found;
end $$;

-- What she asked for and may ask no more is over, undecided.
create function asked_end(who uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update confirmation c set expires_at = now()
  where c.proposed_by = who and c.decision is null and c.stopped_at is null and c.expires_at > now() and not confirmation_asker_may(c);
  update wall set lift_asked_by = null, lift_asked_at = null, lift_reason_sealed = null
  where lift_asked_by = who and lifted_at is null and not holds(who, 'auditor');
end $$;

-- As before; and what she asked for goes with her.
create or replace function person_shut_out() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update confirmation set expires_at = now() where person_id = new.id and kind <> 'role' and expires_at > now();
  perform asked_end(new.id);
  update invitation set voided_at = now(), voided_by = auth_person() where person_id = new.id and used_at is null and voided_at is null;
  perform ways_end(new.id, 'disabled');
  return new;
end $$;
create function asked_ends_with() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform asked_end(old.person_id);
  return null;
end $$;
-- After role_changes, which has taken the row of the person.
create trigger role_takes_along after delete or update of role, valid_from, valid_to on person_role for each row execute function asked_ends_with();
