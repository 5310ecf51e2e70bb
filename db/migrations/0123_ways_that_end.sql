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

-- As before; what ends is what ends with a closing.
create or replace function door_invited(the_id uuid, code bytea, hash text) returns table (person_id uuid, ended jsonb)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare i invitation; c confirmation; gone jsonb;
begin
  select v.* into i from invitation v join person p on p.id = v.person_id where v.id = the_id and v.code_hash = code
    and v.used_at is null and v.voided_at is null and v.expires_at > now() and p.status = 'active' for update of v;
  if i.id is null then return; end if;
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
