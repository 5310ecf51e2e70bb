-- The volunteers: who they are, what may be relied on and until when.
set local role tugivork_owner;

create sequence volunteer_code;
create table volunteer (
  id uuid primary key default gen_random_uuid(),
  code text not null unique default 'TI-' || to_char(nextval('volunteer_code'), 'FM999999000'),
  person_id uuid unique references person,
  name text not null, search_name text not null,
  email text, phone text, birth_year int check (birth_year between 1920 and 2015), sex text check (sex in ('F', 'M')),
  personal_code_sealed bytea, personal_code_index bytea,
  occupation text, county_code text not null references county, municipality_code text references municipality,
  languages text[] not null check (cardinality(languages) > 0),
  has_car boolean, remote_only boolean not null default false,
  child_contact boolean, child_contact_reason text,
  max_cases int check (max_cases between 0 and 10),
  availability text, notes text,
  supervisor_id uuid references person,
  status text not null default 'candidate' check (status in ('candidate', 'interview', 'training', 'active', 'paused', 'ended')),
  paused_until date,
  import_key text unique,
  version int not null default 1, created_at timestamptz not null default now(), created_by uuid not null references person
);
create index on volunteer using gin (search_name gin_trgm_ops);
create index on volunteer (supervisor_id);
create index on volunteer (personal_code_index);
select classify('volunteer', 'C1', 'id code person_id county_code languages has_car remote_only child_contact max_cases supervisor_id status paused_until import_key version created_at created_by');
select classify('volunteer', 'C2', 'name search_name email phone birth_year sex personal_code_sealed personal_code_index occupation municipality_code child_contact_reason availability notes');

-- Where the volunteer is ready to go: whole counties or single municipalities, beside the home one.
create table volunteer_area (
  volunteer_id uuid not null references volunteer, county_code text not null references county,
  municipality_code text references municipality, unique nulls not distinct (volunteer_id, county_code, municipality_code)
);
select classify('volunteer_area', 'C1', 'volunteer_id county_code municipality_code');

-- Whom or which place the volunteer declared to know: a hard exclusion in matching.
create table volunteer_tie (
  id uuid primary key default gen_random_uuid(),
  volunteer_id uuid not null references volunteer, municipality_code text references municipality, case_id uuid,
  reason text not null, recorded_by uuid not null references person, recorded_at timestamptz not null default now(),
  check ((municipality_code is null) <> (case_id is null))
);
select classify('volunteer_tie', 'C1', 'id volunteer_id municipality_code case_id recorded_by recorded_at');
select classify('volunteer_tie', 'C2', 'reason');

-- Papers with their validity. A background check keeps only yes or no (R15). Corrections supersede, never overwrite.
create table volunteer_evidence (
  id uuid primary key default gen_random_uuid(),
  volunteer_id uuid not null references volunteer,
  kind text not null check (kind in ('training', 'contract', 'pledge', 'background')),
  valid_from date not null, valid_to date, passed boolean not null, checked_by text,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(),
  superseded_at timestamptz, superseded_reason text, check (valid_to is null or valid_to >= valid_from)
);
create index on volunteer_evidence (volunteer_id);
select classify('volunteer_evidence', 'C1', 'id volunteer_id kind valid_from valid_to passed checked_by recorded_by recorded_at superseded_at superseded_reason');

create table volunteer_status (
  id uuid primary key default gen_random_uuid(),
  volunteer_id uuid not null references volunteer, status text not null,
  from_on date not null, until_on date, reason text,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now()
);
create index on volunteer_status (volunteer_id);
select classify('volunteer_status', 'C1', 'id volunteer_id status from_on until_on recorded_by recorded_at');
select classify('volunteer_status', 'C2', 'reason');

-- The status on the profile is the last line of the history; one place keeps them together.
create function volunteer_status_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update volunteer set status = new.status, paused_until = new.until_on, version = version + 1 where id = new.volunteer_id;
  return new;
end $$;
create trigger volunteer_status_now after insert on volunteer_status for each row execute function volunteer_status_now();

-- How much each volunteer carries and since when not: numbers only, so that those who may see a volunteer but not the cases can plan too.
create function volunteer_load(only_these uuid[]) returns table (volunteer_id uuid, active int, proposed int, last_used date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); nationwide boolean := has_role('coordinator', 'manager', 'auditor', 'system'); guides boolean := has_role('supervisor'); near uuid[] := auth_helpers();
begin
  return query select a.volunteer_id, (count(*) filter (where a.status = 'active'))::int, (count(*) filter (where a.status = 'proposed'))::int, max(a.end_on)
    from assignment a join volunteer v on v.id = a.volunteer_id
    where a.status in ('proposed', 'active', 'ended') and a.volunteer_id = any (only_these)
      and (nationwide or v.person_id = me or (guides and v.supervisor_id = me) or v.id = any (near))
    group by a.volunteer_id;
end $$;
