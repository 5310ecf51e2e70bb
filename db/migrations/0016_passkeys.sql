-- Keys that live in a phone or on a key ring; what an administrator owes before anything else; how often a day one may look.
set local role tugivork_owner;

create table passkey (
  id uuid primary key default gen_random_uuid(), person_id uuid not null references person,
  credential_id bytea not null unique check (octet_length(credential_id) between 1 and 1023), public_key bytea not null,
  counter bigint not null default 0 check (counter >= 0), transports text[] not null default '{}', backed_up boolean not null,
  name text not null check (length(name) between 1 and 60), created_at timestamptz not null default now(), last_used_at timestamptz
);
create index on passkey (person_id);
select classify('passkey', 'C1', 'id person_id credential_id public_key counter transports backed_up created_at last_used_at');
select classify('passkey', 'C2', 'name');

-- With which key a session was opened: it ends with the key.
alter table session add passkey_id uuid references passkey on delete set null;
create index on session (passkey_id) where passkey_id is not null;
select classify('session', 'C1', 'passkey_id');

-- A question that a key has answered is never asked again, even of a key that does not count its uses.
create table spent_challenge (hash bytea primary key, at timestamptz not null default now());
create index on spent_challenge (at);
select classify('spent_challenge', 'C1', 'hash at');

-- Roles in force today, whatever they may be used for at this moment.
create function auth_held_roles() returns text[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct role), '{}') from person_role
  where person_id = auth_person() and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to
$$;

-- Whoever administers has two keys and comes in by one of them: what is still to be done, or null. Until then nothing else can be.
create function auth_owes() returns text language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when s.method in ('demo', 'service') or not 'admin' = any (auth_held_roles()) then null
    when s.method <> 'passkey' and k.keys > 0 then 'prove' when k.keys < 2 then 'register' end
  from session s cross join lateral (select count(*) as keys from passkey where person_id = s.person_id) k where s.id = auth_session()
$$;

-- Roles that count: none while an administrator owes keys.
create or replace function auth_roles() returns text[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when 'admin' = any (held) and auth_owes() is not null then '{}' else held end from (select auth_held_roles() as held) roles
$$;

create or replace function auth_networks() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when bool_or(role = 'admin') and auth_owes() is not null then '{}'
    else coalesce(array_agg(distinct network_id) filter (where role in ('lead', 'member')), '{}') end
  from person_role where person_id = auth_person() and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to
$$;

drop function auth_whoami();
create function auth_whoami() returns table (
  person_id uuid, session_id uuid, name text, locale text, roles text[], networks uuid[], factors int, proved_at timestamptz, method text,
  drafts text[], stale boolean, owes text
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, s.id, p.name, p.locale, h.held, auth_networks(), s.factors, s.proved_at, s.method,
    array(select form from draft d where d.person_id = p.id and d.updated_at > now() - interval '30 days'),
    s.seen_at < now() - interval '30 seconds', case when 'admin' = any (h.held) then auth_owes() end
  from session s join person p on p.id = s.person_id cross join lateral (select auth_held_roles() as held) h where s.id = auth_session()
$$;

-- Shown within five minutes, by two factors; an administrator who has a key shows the key (in a demonstration nobody has any).
create or replace function auth_fresh() returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from session where id = auth_session()
    and (method = 'demo' or (factors = 2 and proved_at > now() - interval '5 minutes' and auth_owes() is distinct from 'prove')))
$$;

-- The door: whose key is this, which keys has somebody, was this question already answered?
create function door_passkey(credential bytea) returns table (
  id uuid, person_id uuid, email text, public_key bytea, roles text[]
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k.id, p.id, p.email, k.public_key,
    (select coalesce(array_agg(distinct r.role), '{}') from person_role r where r.person_id = p.id
      and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to)
  from passkey k join person p on p.id = k.person_id where k.credential_id = credential and p.status = 'active'
$$;

create function door_passkeys(who uuid, mail text) returns table (credential_id bytea, transports text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k.credential_id, k.transports from passkey k join person p on p.id = k.person_id
  where (p.id = who or p.email = lower(mail)) and p.status = 'active' order by k.created_at, k.id
$$;

create function door_spend(challenge bytea) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from spent_challenge where at < now() - interval '1 hour';
  insert into spent_challenge (hash) values (challenge) on conflict do nothing;
  return found;
end $$;

-- A key that counts its uses counts upwards; where it does not, there are two of it. False where it must not be believed.
create function door_passkey_used(key uuid, now_at bigint, backed boolean) returns boolean
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with used as (update passkey set counter = now_at, backed_up = backed, last_used_at = now()
    where id = key and (now_at > counter or (now_at = 0 and counter = 0)) returning 1)
  select exists (select 1 from used)
$$;

-- A session that a key has opened: two factors in one.
create function door_open_key(key uuid, claim bytea, idle int, absolute interval, at_once int, device text)
returns uuid language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare made uuid;
begin
  made := door_open((select person_id from passkey where id = key), claim, 'passkey', 2, idle, absolute, at_once, device);
  update session set passkey_id = key where id = made;
  return made;
end $$;

-- One of my keys is gone, and with it whoever came in by it; never my last way in, and never below two where I administer.
create function auth_remove_passkey(key uuid) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); keys int; demo boolean := exists (select 1 from session where id = auth_session() and method = 'demo');
begin
  if not auth_fresh() then raise exception 'not fresh' using errcode = '42501'; end if;
  perform 1 from passkey where person_id = me for update;
  select count(*) into keys from passkey where person_id = me;
  if not exists (select 1 from passkey where id = key and person_id = me) then return 'missing'; end if;
  if not demo and 'admin' = any (auth_held_roles()) and keys <= 2 then return 'two'; end if;
  if not demo and keys = 1 and not exists (select 1 from credential where person_id = me) then return 'last'; end if;
  update session set ended_at = now(), ended_why = 'replaced' where passkey_id = key and ended_at is null;
  delete from passkey where id = key;
  return 'done';
end $$;

-- Whoever gets a new way in from somebody else has lost the old ones: keys go with the password.
create function credential_replaced() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from passkey where person_id = new.person_id;
  return new;
end $$;
create trigger credential_replaced after insert or update of password_hash on credential for each row when (new.password_once) execute function credential_replaced();
