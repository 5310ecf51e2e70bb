-- Who is asking? The session's unguessable claim is resolved here and nowhere else.
set local role tugivork_owner;

create function auth_session() returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id from session s join person p on p.id = s.person_id
  where s.claim_hash = sha256(convert_to(nullif(current_setting('app.claim', true), ''), 'UTF8'))
    -- A session that ends in this very transaction still says who ended it.
    and (s.ended_at is null or s.ended_at = now()) and s.idle_until > now() and s.absolute_until > now() and p.status = 'active'
$$;

create function auth_person() returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person_id from session where id = auth_session()
$$;

-- Roles in force today, by the clock of Tallinn.
create function auth_roles() returns text[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct role), '{}') from person_role
  where person_id = auth_person() and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to
$$;

create function has_role(variadic wanted text[]) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select auth_roles() && wanted
$$;

-- The networks in which this person leads or is a member of the core group today.
create function auth_networks() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct network_id), '{}') from person_role
  where person_id = auth_person() and role in ('lead', 'member')
    and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to
$$;

-- Everything the process needs to know about who asks, in one trip; keeps the session awake.
create function auth_whoami() returns table (
  person_id uuid, session_id uuid, name text, locale text, roles text[], networks uuid[], factors int, proved_at timestamptz, method text, volunteer boolean
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, s.id, p.name, p.locale, auth_roles(), auth_networks(), s.factors, s.proved_at, s.method, 'volunteer' = any(auth_roles())
  from session s join person p on p.id = s.person_id where s.id = auth_session()
$$;

create function auth_touch() returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update session set seen_at = now(), idle_until = now() + make_interval(mins => idle_minutes)
  where id = auth_session() and seen_at < now() - interval '30 seconds'
$$;

create function auth_end(why text, everywhere boolean) returns int language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with mine as (select id, person_id from session where id = auth_session()),
  done as (
    update session s set ended_at = now(), ended_why = why from mine
    where s.ended_at is null and s.person_id = mine.person_id and (everywhere or s.id = mine.id) returning 1)
  select count(*)::int from done
$$;

-- The door: what the sign-in process may do before anybody is known. Only the role tugivork_door may knock.
create function door_credential(mail text) returns table (
  person_id uuid, name text, locale text, password_hash text, totp_sealed bytea, totp_last_step bigint, roles text[]
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.name, p.locale, c.password_hash, case when c.totp_confirmed_at is null then null else c.totp_sealed end, c.totp_last_step,
    (select coalesce(array_agg(distinct r.role), '{}') from person_role r where r.person_id = p.id
      and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to)
  from person p join credential c on c.person_id = p.id where p.email = lower(mail) and p.status = 'active'
    -- A password that somebody else has seen opens the door for a week only.
    and (not c.password_once or c.password_changed_at > now() - interval '7 days')
$$;

create function door_open(who uuid, claim bytea, how text, strength int, idle int, absolute interval, at_once int, device text)
returns uuid language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare made uuid;
begin
  if not exists (select 1 from person where id = who and status = 'active') then raise exception 'no such person' using errcode = 'P0002'; end if;
  -- Only as many sessions at once as the role allows; the oldest gives way.
  update session set ended_at = now(), ended_why = 'replaced' where id in (
    select id from session where person_id = who and ended_at is null and method <> 'service'
    order by created_at desc offset greatest(at_once - 1, 0));
  insert into session (person_id, claim_hash, method, factors, idle_minutes, idle_until, absolute_until, device)
  values (who, claim, how, strength, idle, now() + make_interval(mins => idle), now() + absolute, device) returning id into made;
  return made;
end $$;

-- Seconds that still have to pass, by how often it went wrong and when last; an hour of quiet is forgiven. Holds the row, so
-- that guesses sent at once wait for one another. The waits stand in access.ts: the first failure has the first of them.
create function door_wait(key bytea, waits int[]) returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare seen sign_in_attempt;
begin
  insert into sign_in_attempt values (key, 0, clock_timestamp()) on conflict (account) do nothing;
  select * into seen from sign_in_attempt where account = key for update;
  if seen.failures = 0 or seen.last_at < clock_timestamp() - interval '1 hour' then return 0; end if;
  return greatest(0, ceil(extract(epoch from seen.last_at - clock_timestamp()) + waits[least(seen.failures, cardinality(waits))]));
end $$;

-- Every attempt counts as failed until it has passed: 0 where it may be made, otherwise the seconds to wait.
create function door_try(account_key bytea, account_waits int[], address_key bytea, address_waits int[]) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare wait int := greatest(door_wait(account_key, account_waits), door_wait(address_key, address_waits));
begin
  if wait > 0 then return wait; end if;
  update sign_in_attempt set last_at = clock_timestamp(),
    failures = case when last_at < clock_timestamp() - interval '1 hour' then 1 else failures + 1 end
  where account in (account_key, address_key);
  return 0;
end $$;

create function door_passed(account_key bytea, address_key bytea) returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from sign_in_attempt where account = account_key or last_at < now() - interval '1 day';
  update sign_in_attempt set failures = greatest(failures - 1, 0) where account = address_key;
$$;

-- What the second step needs to know of the one whose password was right.
create function door_second(who uuid) returns table (
  name text, email text, locale text, totp_sealed bytea, totp_confirmed boolean, password_once boolean, roles text[]
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.name, p.email, p.locale, c.totp_sealed, c.totp_confirmed_at is not null, c.password_once,
    (select coalesce(array_agg(distinct r.role), '{}') from person_role r where r.person_id = p.id
      and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to)
  from person p join credential c on c.person_id = p.id where p.id = who and p.status = 'active'
$$;

-- The first second factor is set at the door; once it stands, only its owner changes it.
create function door_factor_set(who uuid, sealed bytea, step bigint, codes bytea[]) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update credential set totp_sealed = sealed, totp_confirmed_at = now(), totp_last_step = step where person_id = who and totp_confirmed_at is null;
  if not found then return false; end if;
  delete from recovery_code where person_id = who;
  insert into recovery_code (person_id, code_hash) select who, unnest(codes);
  return true;
end $$;

-- A password that somebody else has given is replaced by one's own.
create function door_password_set(who uuid, hash text) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update credential set password_hash = hash, password_once = false, password_changed_at = now()
    where person_id = who and password_once returning 1)
  select exists (select 1 from done)
$$;

-- An installation without an administrator gets its first one; afterwards this does nothing.
create function door_first_admin(mail text, called text, hash text) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare made uuid;
begin
  perform pg_advisory_xact_lock(4713);
  if exists (select 1 from person_role r join person p on p.id = r.person_id where r.role = 'admin' and p.status = 'active'
    and (now() at time zone 'Europe/Tallinn')::date <= r.valid_to) then return null; end if;
  insert into person (email, name) values (lower(mail), called) returning id into made;
  insert into person_role (person_id, role, valid_from, valid_to) values (made, 'admin', (now() at time zone 'Europe/Tallinn')::date, '2999-12-31');
  insert into credential (person_id, password_hash, password_once) values (made, hash, true);
  return made;
end $$;

-- A TOTP code counts once: the step may only grow. True where this step was free.
create function door_totp_step(who uuid, step bigint) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with used as (update credential set totp_last_step = step where person_id = who and totp_last_step < step returning 1)
  select exists (select 1 from used)
$$;

create function door_recovery(who uuid, code bytea) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with used as (update recovery_code set used_at = now() where person_id = who and code_hash = code and used_at is null returning 1)
  select exists (select 1 from used)
$$;

-- The cast of the demo, for the page on which one picks whom to be; the process asks only in demo mode.
create function door_cast() returns table (person_id uuid, name text, email text, role text, network text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.name, p.email, r.role, n.name from person p join person_role r on r.person_id = p.id left join network n on n.id = r.network_id
  where p.status = 'active' and r.role <> 'system' and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to
  order by p.created_at, p.name
$$;

create function door_system() returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person_id from person_role where role = 'system' limit 1
$$;

-- What was sent by somebody whose session had just ended waits, sealed, for its owner.
create function door_hold(who uuid, the_form text, the_values bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into draft (person_id, form, values_sealed) select id, the_form, the_values from person where id = who and status = 'active'
  on conflict (person_id, form) do update set values_sealed = excluded.values_sealed, updated_at = now()
$$;

-- Both factors were shown within five minutes (in a demonstration nobody has any).
create function auth_fresh() returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from session where id = auth_session()
    and (method = 'demo' or (factors = 2 and proved_at > now() - interval '5 minutes')))
$$;

-- What I may know of my own keys to this house.
create function auth_credential() returns table (password_changed_at timestamptz, totp_confirmed_at timestamptz, codes_left int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.password_changed_at, c.totp_confirmed_at, (select count(*)::int from recovery_code r where r.person_id = c.person_id and r.used_at is null)
  from credential c where c.person_id = auth_person()
$$;

create function auth_end_one(the_session uuid) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update session set ended_at = now(), ended_why = 'sign-out'
    where id = the_session and person_id = auth_person() and ended_at is null returning 1)
  select exists (select 1 from done)
$$;

-- A new password shuts out whoever is still in with the old one.
create function auth_set_password(hash text) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not auth_fresh() then raise exception 'not fresh' using errcode = '42501'; end if;
  update credential set password_hash = hash, password_once = false, password_changed_at = now() where person_id = auth_person();
  if not found then raise exception 'no credential' using errcode = 'P0002'; end if;
  update session set ended_at = now(), ended_why = 'replaced' where person_id = auth_person() and id <> auth_session() and ended_at is null;
end $$;

create function auth_set_totp(sealed bytea, step bigint) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not auth_fresh() then raise exception 'not fresh' using errcode = '42501'; end if;
  update credential set totp_sealed = sealed, totp_confirmed_at = now(), totp_last_step = step where person_id = auth_person();
  if not found then raise exception 'no credential' using errcode = 'P0002'; end if;
end $$;

create function auth_set_codes(codes bytea[]) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not auth_fresh() or not exists (select 1 from credential where person_id = auth_person()) then
    raise exception 'not fresh' using errcode = '42501';
  end if;
  delete from recovery_code where person_id = auth_person();
  insert into recovery_code (person_id, code_hash) select auth_person(), unnest(codes);
end $$;

-- The administrator hands out a password for one use, never to herself; everything that opened the account before is void.
create function credential_issue(who uuid, hash text) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not has_role('admin') or not auth_fresh() or who = auth_person()
    or exists (select 1 from person_role where person_id = who and role = 'system') then
    raise exception 'not for you' using errcode = '42501';
  end if;
  insert into credential (person_id, password_hash, password_once) values (who, hash, true)
  on conflict (person_id) do update set password_hash = excluded.password_hash, password_once = true, password_changed_at = now(),
    totp_sealed = null, totp_confirmed_at = null, totp_last_step = 0;
  delete from recovery_code where person_id = who;
  update session set ended_at = now(), ended_why = 'replaced' where person_id = who and ended_at is null;
end $$;

-- Who can sign in already: told to the administrator alone, without anything that opens a door.
create function credential_states() returns table (person_id uuid, password_once boolean, ready boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.person_id, c.password_once, c.totp_confirmed_at is not null from credential c where has_role('admin')
$$;

-- Nobody lifts the lock from their own account or records their own training; whoever is locked out is out at once.
create function person_guard() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_user <> 'tugivork_write' then return new; end if;
  if (new.status <> old.status and not has_role('admin')) or (new.marac_trained_on is distinct from old.marac_trained_on
    and not has_role('admin', 'coordinator')) or (new.id = auth_person()
    and (new.status <> old.status or new.marac_trained_on is distinct from old.marac_trained_on))
    -- Without its own account the process would fall silent: no reminder, no alarm.
    or exists (select 1 from person_role where person_id = new.id and role = 'system') then
    raise exception 'not for you' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger person_guard before update on person for each row execute function person_guard();

create function person_shut_out() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update session set ended_at = now(), ended_why = 'disabled' where person_id = new.id and ended_at is null;
  return new;
end $$;
create trigger person_shut_out after update of status on person for each row when (new.status = 'disabled') execute function person_shut_out();
