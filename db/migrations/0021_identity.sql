-- Who is it that the state's sign-in has recognised? Never the personal code itself: only its keyed index.
set local role tugivork_owner;

create table person_identity (
  person_id uuid not null references person, provider text not null default 'tara' check (provider = 'tara'),
  subject_index bytea not null unique check (octet_length(subject_index) = 16),
  linked_at timestamptz not null default now(), linked_by uuid not null references person,
  primary key (person_id, provider)
);
select classify('person_identity', 'C1', 'person_id provider linked_at linked_by');
select classify('person_identity', 'C2', 'subject_index');

-- A trip to the provider comes back a single time; what is kept of it is a hash of its nonce, for a day.
create table sign_in_trip (trip bytea primary key, spent_at timestamptz not null default now());
create index on sign_in_trip (spent_at);
select classify('sign_in_trip', 'C1', 'trip spent_at');

-- True for the first who comes back from this trip.
create function door_trip_spend(the_trip bytea) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from sign_in_trip where spent_at < now() - interval '1 day';
  with spent as (insert into sign_in_trip (trip) values (the_trip) on conflict do nothing returning 1) select exists (select 1 from spent)
$$;

-- The person behind a personal code, where she may come in today; the process itself never signs in.
create function door_identity(subject bytea) returns table (person_id uuid, roles text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, array_agg(distinct r.role) from person_identity i join person p on p.id = i.person_id join person_role r on r.person_id = p.id
  where i.subject_index = subject and p.status = 'active' and r.role <> 'system'
    and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to
  group by p.id
$$;

-- How surely the provider has to know somebody today; nothing where nobody has set it.
create function door_acr() returns table (acr text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select value #>> '{}' from setting where name = 'oidcAcr' and valid_from <= (now() at time zone 'Europe/Tallinn')::date
  order by valid_from desc limit 1
$$;

-- Who comes back from proving herself again has a new session; the one she left from ends, although its cookie did not come along.
create function door_replace(who uuid, the_session uuid) returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update session set ended_at = now(), ended_why = 'replaced' where id = the_session and person_id = who and ended_at is null
$$;

-- Can somebody still come in without the state's sign-in?
create function identity_is_last(who uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select not exists (select 1 from credential where person_id = who and totp_confirmed_at is not null)
    and not exists (select 1 from passkey where person_id = who)
$$;

-- A card is another way in, so that the last key may go where there is one.
create or replace function auth_remove_passkey(key uuid) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); keys int; demo boolean := exists (select 1 from session where id = auth_session() and method = 'demo');
begin
  if not auth_fresh() then raise exception 'not fresh' using errcode = '42501'; end if;
  perform 1 from passkey where person_id = me for update;
  select count(*) into keys from passkey where person_id = me;
  if not exists (select 1 from passkey where id = key and person_id = me) then return 'missing'; end if;
  if not demo and 'admin' = any (auth_held_roles()) and keys <= 2 then return 'two'; end if;
  if not demo and keys = 1 and not exists (select 1 from credential where person_id = me)
    and not exists (select 1 from person_identity where person_id = me) then return 'last'; end if;
  update session set ended_at = now(), ended_why = 'replaced' where passkey_id = key and ended_at is null;
  delete from passkey where id = key;
  return 'done';
end $$;

-- The owner unlinks herself while another way in is left; the administrator unlinks others. What the link has opened is shut.
create function identity_unlink(who uuid) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not auth_fresh() or not (who = auth_person() or has_role('admin')) then raise exception 'not for you' using errcode = '42501'; end if;
  if who = auth_person() and identity_is_last(who) then return 'last'; end if;
  delete from person_identity where person_id = who;
  if not found then return 'none'; end if;
  update session set ended_at = now(), ended_why = 'replaced' where person_id = who and method = 'oidc' and id <> auth_session() and ended_at is null;
  return 'done';
end $$;
