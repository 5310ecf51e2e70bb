-- What everything stands on: places, people, sessions, settings, keys, the audit chain.
reset role;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
-- A claim that can be set through an expression could be set through an injected one (security F1).
revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
-- Nor may an expression reach around the tables: large objects, messages and sleep, locks that outlive a transaction, whole queries
-- turned into text, and the statements of other sessions, which begin with a claim.
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as sig from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~
    '^(lo_|loread|lowrite|pg_notify|pg_sleep|pg_advisory|pg_try_advisory|ts_stat|(query|table|cursor|schema|database)_to_xml|pg_stat_get_(backend_)?activity)' loop
    execute format('revoke execute on function %s from public', f.sig);
  end loop;
end $$;
grant execute on function pg_advisory_xact_lock(bigint) to tugivork_definer, tugivork_jobs;
grant execute on function pg_notify(text, text), pg_try_advisory_xact_lock(bigint), pg_stat_get_activity(int) to tugivork_jobs;
revoke create on schema public from public;
grant usage, create on schema public to tugivork_owner;
grant usage on schema public to tugivork_read, tugivork_write, tugivork_door, tugivork_jobs, tugivork_definer;
create schema if not exists pgboss authorization tugivork_jobs;
set local role tugivork_owner;

-- Says which class of secret each column holds: C1 internal, C2 personal, C3 special, C4 whereabouts.
create function classify(tab regclass, class text, cols text) returns void language plpgsql set search_path = pg_catalog, public as $$
declare col text;
begin
  foreach col in array string_to_array(cols, ' ') loop
    execute format('comment on column %s.%I is %L', tab, col, class);
  end loop;
end $$;

create table county (
  code text primary key check (code ~ '^00[0-9]{2}$'),
  name text not null, prefecture text not null, tile_col int not null, tile_row int not null
);
select classify('county', 'C1', 'code name prefecture tile_col tile_row');

create table municipality (
  code text primary key check (code ~ '^0[0-9]{3}$'),
  name text not null, county_code text not null references county
);
select classify('municipality', 'C1', 'code name county_code');

create table network (
  id uuid primary key default gen_random_uuid(),
  name text not null unique, phase text not null default 'expand' check (phase in ('adapt', 'pilot', 'refine', 'expand')),
  started_on date not null, status text not null default 'active' check (status in ('active', 'ended'))
);
select classify('network', 'C1', 'id name phase started_on status');

-- A network answers for a whole county, or for some of its municipalities where a county has more than one.
create table network_area (
  network_id uuid not null references network, county_code text not null references county,
  municipality_code text references municipality,
  unique nulls not distinct (county_code, municipality_code)
);
select classify('network_area', 'C1', 'network_id county_code municipality_code');

create table person (
  id uuid primary key default gen_random_uuid(),
  email text not null unique check (email = lower(email)),
  name text not null, phone text, locale text not null default 'et' check (locale in ('et', 'en', 'ru')),
  status text not null default 'active' check (status in ('active', 'disabled')),
  marac_trained_on date,
  created_at timestamptz not null default now()
);
select classify('person', 'C1', 'id locale status created_at marac_trained_on');
select classify('person', 'C2', 'email name phone');

create table person_role (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  role text not null check (role in ('coordinator', 'manager', 'lead', 'member', 'supervisor', 'volunteer', 'trainer', 'steering', 'auditor', 'admin', 'system')),
  network_id uuid references network,
  agency text, valid_from date not null, valid_to date not null,
  -- A role taken back on its first day has an empty span.
  check ((role in ('lead', 'member')) = (network_id is not null)), check (valid_to >= valid_from - 1)
);
create index on person_role (person_id);
select classify('person_role', 'C1', 'id person_id role network_id agency valid_from valid_to');

create table session (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person, claim_hash bytea not null unique,
  method text not null check (method in ('password', 'demo', 'service', 'passkey', 'oidc')),
  factors int not null check (factors in (1, 2)),
  device text, created_at timestamptz not null default now(), proved_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  idle_minutes int not null, idle_until timestamptz not null, absolute_until timestamptz not null,
  ended_at timestamptz, ended_why text check (ended_why in ('sign-out', 'sign-out-everywhere', 'exit', 'replaced', 'disabled'))
);
create index on session (person_id) where ended_at is null;
select classify('session', 'C1', 'id person_id claim_hash method factors device created_at proved_at seen_at idle_minutes idle_until absolute_until ended_at ended_why');

create table credential (
  person_id uuid primary key references person,
  password_hash text not null, password_changed_at timestamptz not null default now(), password_once boolean not null default false,
  totp_sealed bytea, totp_confirmed_at timestamptz, totp_last_step bigint not null default 0
);
select classify('credential', 'C1', 'person_id password_changed_at password_once totp_confirmed_at totp_last_step');
select classify('credential', 'C2', 'password_hash totp_sealed');

create table recovery_code (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person, code_hash bytea not null, used_at timestamptz
);
create index on recovery_code (person_id);
select classify('recovery_code', 'C1', 'id person_id used_at');
select classify('recovery_code', 'C2', 'code_hash');

-- Growing delay per account (a keyed hash of what was typed, so that unknown names cost the same) – never a lock.
create table sign_in_attempt (
  account bytea primary key, failures int not null, last_at timestamptz not null
);
create index on sign_in_attempt (last_at);
select classify('sign_in_attempt', 'C1', 'account failures last_at');

-- Values that the sources do not settle: dated, with the note that says where the default comes from.
create table setting (
  name text not null, valid_from date not null, value jsonb not null, note text not null,
  set_by uuid references person, set_at timestamptz not null default now(),
  primary key (name, valid_from)
);
select classify('setting', 'C1', 'name valid_from value note set_by set_at');

-- One data key per case, volunteer or import, wrapped by the master key that lives outside the database.
create table sealed_key (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('case', 'volunteer', 'import', 'person', 'report')),
  owner_id uuid not null unique, network_id uuid references network,
  master_id text not null, wrapped bytea, destroyed_at timestamptz, created_at timestamptz not null default now(),
  check ((wrapped is null) = (destroyed_at is not null))
);
select classify('sealed_key', 'C1', 'id kind owner_id network_id master_id wrapped destroyed_at created_at');

-- A form sent twice has one effect: the first result is told again.
create table once (
  person_id uuid not null references person, key uuid not null, name text not null, result jsonb not null default 'null',
  at timestamptz not null default now(), primary key (person_id, key)
);
select classify('once', 'C1', 'person_id key name result at');

-- What somebody is in the middle of typing; sealed under a key of their own, kept 30 days.
create table draft (
  person_id uuid not null references person, form text not null, values_sealed bytea not null,
  updated_at timestamptz not null default now(), primary key (person_id, form)
);
select classify('draft', 'C1', 'person_id form updated_at');
select classify('draft', 'C3', 'values_sealed');

-- E-mail that says nothing: only who and which sentence; sent by a job after the command that caused it has committed.
create table mail_outbox (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person, kind text not null check (kind ~ '^[a-z-]+$'),
  unique_key text unique, created_at timestamptz not null default now(),
  sent_at timestamptz, attempts int not null default 0
);
select classify('mail_outbox', 'C1', 'id person_id kind unique_key created_at sent_at attempts');

create table audit_event (
  seq bigint primary key, at timestamptz not null, actor uuid, on_behalf_of uuid, session_id uuid,
  action text not null, object_kind text, object_id text, case_id uuid, network_id uuid,
  result text not null, fields text[] not null, hits int, reason_sealed bytea, prev bytea not null, hash bytea not null
);
create index on audit_event (case_id) where case_id is not null;
create index on audit_event (actor, at);
select classify('audit_event', 'C1', 'seq at actor on_behalf_of session_id action object_kind object_id case_id network_id result fields hits prev hash');
select classify('audit_event', 'C3', 'reason_sealed');
