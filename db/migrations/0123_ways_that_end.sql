-- What does somebody who has taken another's keys keep when that account is closed and opened again? Nothing.
--
-- Accounts that are closed today keep no way in either, and whoever asked to have one opened asks anew, having seen who it is. Past the policies.
reset role;
delete from recovery_code where person_id in (select id from person where status = 'disabled');
delete from passkey where person_id in (select id from person where status = 'disabled');
delete from person_identity where person_id in (select id from person where status = 'disabled');
delete from calendar_feed where person_id in (select id from person where status = 'disabled');
delete from credential where person_id in (select id from person where status = 'disabled');
update confirmation set expires_at = now() where expires_at > now()
  and (kind = 'reopen' or (kind = 'recover' and person_id in (select id from person where status = 'disabled')));
set local role tugivork_owner;

-- Whoever asks for anything but a role has seen who it is and says how, and so does the second; of accounts opened before this, nobody said.
alter table confirmation
  drop constraint if exists confirmation_check9, drop constraint if exists confirmation_check10,
  drop constraint if exists confirmation_seen_by_one, drop constraint if exists confirmation_seen_by_other,
  add constraint confirmation_seen_by_one check (kind = 'reopen' or (kind <> 'role') = (way is not null)),
  add constraint confirmation_seen_by_other check (way is null or (coalesce(decision, '') = 'confirmed') = (decision_way is not null));

-- Could she come in by what she holds, this key and her card left out where they are about to go?
create function way_left(who uuid, but_key uuid, but_card boolean) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from credential where person_id = who and not password_once and totp_confirmed_at is not null)
    or exists (select from passkey where person_id = who and id is distinct from but_key)
    or (not but_card and exists (select from person_identity where person_id = who and again_at is null))
$$;

-- As before; and whoever once made keys with an invitation, also where they have ended since.
create or replace function account_stands(who uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from session where person_id = who and method not in ('demo', 'service'))
    or exists (select 1 from credential where person_id = who and not password_once)
    or exists (select 1 from invitation where person_id = who and used_at is not null)
$$;

-- As before; an account that stands and to which nothing leads any more waits for two who let its owner back.
create or replace function account_states() returns table (person_id uuid, state text, until timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, case when way_left(p.id, null, false) then 'ready' when account_stands(p.id) then 'lost'
    when i.expires_at > now() then 'invited' when i.id is not null then 'expired' else 'none' end, i.expires_at
  from person p left join invitation i on i.person_id = p.id and i.used_at is null and i.voided_at is null
  where has_role('admin') or (has_role('coordinator') and only_helps(p.id))
$$;

-- Everything that opens an account is over at once, whoever holds it; told is what there was.
create function ways_end(who uuid, why text) returns jsonb language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare gone jsonb := jsonb_build_object(
  'passkeys', (select count(*) from passkey where person_id = who), 'card', (select count(*) from person_identity where person_id = who),
  'password', (select count(*) from credential where person_id = who and not password_once),
  'codes', (select count(*) from recovery_code where person_id = who and used_at is null),
  'sessions', (select count(*) from session where person_id = who and ended_at is null and idle_until > now() and absolute_until > now()),
  'browsers', (select count(distinct browser) from session where person_id = who and browser is not null),
  'calendar', (select count(*) from calendar_feed where person_id = who));
begin
  delete from recovery_code where person_id = who;
  delete from passkey where person_id = who;
  delete from person_identity where person_id = who;
  delete from calendar_feed where person_id = who;
  delete from credential where person_id = who;
  update session set ended_at = now(), ended_why = why where person_id = who and ended_at is null;
  perform browsers_forget(who, null);
  return gone;
end $$;

-- Whoever is shut out holds nothing any more: no link, no key, no card, no password. What was asked for while the account was open is over with it;
-- only a role that is asked for her may still be given.
create or replace function person_shut_out() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update confirmation set expires_at = now() where person_id = new.id and kind <> 'role' and expires_at > now();
  update invitation set voided_at = now(), voided_by = auth_person() where person_id = new.id and used_at is null and voided_at is null;
  perform ways_end(new.id, 'disabled');
  return new;
end $$;

-- As before; the account is opened again by the same two, who have both seen her, and by the link that one of them sends.
create or replace function invitation_recovery(who uuid) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id from confirmation c where c.kind in ('recover', 'reopen') and c.person_id = who and c.decision = 'confirmed' and c.stopped_at is null
    and auth_person() in (c.proposed_by, c.decided_by) and c.person_id <> auth_person() and c.expires_at > now()
    and not exists (select 1 from invitation i where i.confirmation_id = c.id and i.used_at is not null)
  order by c.decided_at desc limit 1
$$;

-- A way back that may still be taken: agreed upon or waiting, or with a link on its way that outlives the agreement.
create function recovery_runs(c confirmation) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.kind = 'recover' and c.stopped_at is null and coalesce(c.decision, 'confirmed') = 'confirmed'
    and not exists (select from invitation i where i.confirmation_id = c.id and i.used_at is not null)
    and (c.expires_at > now() or exists (select from invitation i where i.confirmation_id = c.id and i.voided_at is null and i.expires_at > now()))
$$;

-- As before, by that.
create or replace function auth_recovery() returns timestamptz language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select max(proposed_at) from confirmation c where person_id = auth_person() and recovery_runs(c)
$$;

-- "It was not me": whoever has just shown both factors stops every way back into the account that is not yet taken. Nobody stops what was decided for
-- an account that was closed: into that one nobody is signed in before the way back is taken.
create or replace function confirmation_stop() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare done uuid[];
begin
  if not auth_fresh() then raise exception 'not fresh' using errcode = '42501'; end if;
  with stopped as (update confirmation c set stopped_at = now() where person_id = auth_person() and recovery_runs(c) returning id)
  select coalesce(array_agg(id), '{}') into done from stopped;
  update invitation set voided_at = now(), voided_by = auth_person() where confirmation_id = any (done) and used_at is null and voided_at is null;
  return cardinality(done);
end $$;

-- Whose invitation it is, while it is open: nobody closes the account or voids the link before this moment is over. For the door's functions alone.
create function invitation_open(the_id uuid) returns invitation language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare found_open invitation;
begin
  -- The person first, as where an account is closed.
  perform from person p join invitation i on i.person_id = p.id where i.id = the_id and p.status = 'active' for no key update of p;
  if not found then return null; end if;
  select * into found_open from invitation where id = the_id and used_at is null and voided_at is null and expires_at > now() for update;
  return found_open;
end $$;

-- As before; what ends is what ends with a closing.
create or replace function door_invited(the_id uuid, code bytea, hash text) returns table (person_id uuid, ended jsonb)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare i invitation; c confirmation; gone jsonb;
begin
  i := invitation_open(the_id);
  if i.id is null or i.code_hash is distinct from code then return; end if;
  select * into c from confirmation k where k.id = i.confirmation_id;
  -- The first letter of this moment is the one that tells it all.
  if c.id is not null and i.ended is null then perform way_changed(i.person_id, 'recovered', null); end if;
  gone := ways_end(i.person_id, 'replaced');
  if c.id is not null and i.ended is null then
    perform audit_append('access.recovered', 'person', i.person_id::text, null, null, 'done',
      array(select e.key from jsonb_each(gone) e where e.value <> '0') || array['by:' || c.proposed_by, 'by:' || c.decided_by], null, null);
  end if;
  insert into credential (person_id, password_hash, password_once) values (i.person_id, hash, true);
  update invitation v set ended = coalesce(v.ended, gone) where v.id = i.id returning v.ended into gone;
  return query select i.person_id, case when i.confirmation_id is not null then gone else '{}'::jsonb end;
end $$;

-- The keys of an invitation are made with that very invitation, shown with its code and still open: with one that another has taken the place of, or
-- that was voided, whoever has stopped half-way goes no further.
drop function door_factor_set(uuid, bytea, bigint, bytea[]);
create function door_factor_set(the_id uuid, sealed bytea, step bigint, codes bytea[]) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid := (invitation_open(the_id)).person_id;
begin
  update credential set totp_sealed = sealed, totp_confirmed_at = now(), totp_last_step = step where person_id = who and password_once and totp_confirmed_at is null;
  if not found then return false; end if;
  delete from recovery_code where person_id = who;
  insert into recovery_code (person_id, code_hash) select who, unnest(codes);
  return true;
end $$;

drop function door_password_set(uuid, text);
create function door_password_set(the_id uuid, hash text) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid := (invitation_open(the_id)).person_id;
begin
  update credential set password_hash = hash, password_once = false, password_changed_at = now()
  where person_id = who and password_once and totp_confirmed_at is not null;
  if not found then return false; end if;
  update invitation set used_at = now() where id = the_id;
  return true;
end $$;
