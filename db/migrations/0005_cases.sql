-- The case: pseudonymous row, sealed identity, whereabouts in a compartment of their own.
set local role tugivork_owner;

create table case_file (
  network_id uuid not null references network, id uuid not null default gen_random_uuid() unique,
  number text not null unique check (number ~ '^M-[0-9]{4}-[0-9]{3,}$'),
  county_code text not null references county, municipality_code text references municipality,
  language text not null, interpreter boolean not null default false, source text not null, referred_on date not null,
  legal_basis text not null check (legal_basis in ('consent', 'law', 'imported')),
  consent_on date, consent_way text, consent_recorded_by uuid references person,
  why_marac_sealed bytea,
  repeat_of uuid, child_count int not null default 0 check (child_count between 0 and 20),
  children_told_on date, children_told_whom_sealed bytea, children_not_told_sealed bytea,
  status text not null default 'open' check (status in ('open', 'closed')),
  version int not null default 1, created_at timestamptz not null default now(), created_by uuid not null references person,
  primary key (network_id, id),
  check (legal_basis <> 'consent' or (consent_on is not null and consent_way is not null))
);
create index on case_file (county_code);
select classify('case_file', 'C1', 'network_id id number county_code source referred_on legal_basis consent_on consent_way consent_recorded_by repeat_of status version created_at created_by language interpreter child_count children_told_on');
select classify('case_file', 'C2', 'municipality_code');
select classify('case_file', 'C3', 'why_marac_sealed children_told_whom_sealed children_not_told_sealed');

-- Numbers run per year; gaps are harmless, doubles impossible.
create function next_case_number(year int) returns text language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select 'M-' || year || '-' || to_char(coalesce(max(substring(number from 8)::int), 0) + 1, 'FM99999000')
  from (select pg_advisory_xact_lock(4712)) l, lateral (select number from case_file where number like 'M-' || year || '-%') n
  -- To anybody else the number would tell how many cases there are.
  where has_role('lead', 'member') or session_user not in ('tugivork_read', 'tugivork_write')
$$;

create table case_person (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('victim', 'perpetrator', 'child')),
  given_name_sealed bytea, family_name_sealed bytea, personal_code_sealed bytea, personal_code_index bytea,
  birth_year int, sex text check (sex in ('F', 'M')), relation_sealed bytea,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id)
);
create index on case_person (network_id, personal_code_index);
select classify('case_person', 'C1', 'network_id case_id id kind recorded_by recorded_at superseded_at');
select classify('case_person', 'C2', 'given_name_sealed family_name_sealed personal_code_sealed personal_code_index birth_year sex');
select classify('case_person', 'C3', 'relation_sealed');

create table case_whereabouts (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('safe_contact', 'address', 'shelter', 'school', 'workplace', 'routine')),
  value_sealed bytea not null, recorded_by uuid not null references person, recorded_at timestamptz not null default now(),
  superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id)
);
select classify('case_whereabouts', 'C1', 'network_id case_id id kind recorded_by recorded_at superseded_at');
select classify('case_whereabouts', 'C4', 'value_sealed');

-- A look at what is sealed: one purpose, one value or one identity, a few minutes.
create table reveal (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  person_id uuid not null references person, what text not null, item_id uuid, purpose_sealed bytea not null,
  at timestamptz not null default now(), until timestamptz not null,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id)
);
create index on reveal (person_id, until);
select classify('reveal', 'C1', 'network_id case_id id person_id what item_id at until');
select classify('reveal', 'C3', 'purpose_sealed');

-- A questionnaire is a version: old assessments keep the wording that was asked.
create table instrument (
  id uuid primary key default gen_random_uuid(), name text not null, version int not null, valid_from date not null,
  questions jsonb not null, high_from int not null, medium_from int not null, escalation_from int not null, note text not null,
  unique (name, version)
);
select classify('instrument', 'C1', 'id name version valid_from questions high_from medium_from escalation_from note');

create table assessment (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  instrument_id uuid not null references instrument, made_on date not null, assessor_id uuid not null references person,
  assessor_trained_on date, prepared_by uuid references person, with_victim boolean not null, answers_sealed bytea, callouts int,
  yes_count int not null, by_count boolean not null, by_judgement boolean not null, by_escalation boolean not null, by_critical boolean not null,
  by_repeat boolean not null default false,
  judgement_reason_sealed bytea, level text not null check (level in ('standard', 'medium', 'high')),
  state text not null check (state in ('draft', 'final', 'imported')), next_review_on date,
  corrects_id uuid, correction_reason_sealed bytea,
  recorded_at timestamptz not null default now(), superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id),
  check (state <> 'final' or assessor_trained_on is not null),
  -- The old workbook knew a count and a ground, but neither answers nor reasons.
  check ((answers_sealed is null) = (state = 'imported')),
  check (state = 'imported' or not by_judgement or judgement_reason_sealed is not null),
  check ((corrects_id is null) = (correction_reason_sealed is null)),
  check (not (by_count or by_judgement or by_escalation or by_critical or by_repeat) or level = 'high')
);
-- Of one case one draft at a time waits for its assessor.
create unique index on assessment (case_id) where state = 'draft' and superseded_at is null;
select classify('assessment', 'C1', 'network_id case_id id instrument_id made_on assessor_id assessor_trained_on prepared_by with_victim state next_review_on corrects_id recorded_at superseded_at');
select classify('assessment', 'C3', 'answers_sealed callouts yes_count by_count by_judgement by_escalation by_critical by_repeat judgement_reason_sealed correction_reason_sealed level');

-- What a support person may know of the case, and no more (R11).
create table case_brief (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  given_name_sealed bytea, safety_note_sealed bytea, tasks_sealed bytea, whereabouts_ids uuid[] not null default '{}',
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id)
);
create unique index on case_brief (case_id) where superseded_at is null;
select classify('case_brief', 'C1', 'network_id case_id id whereabouts_ids recorded_by recorded_at superseded_at');
select classify('case_brief', 'C2', 'given_name_sealed');
select classify('case_brief', 'C3', 'safety_note_sealed tasks_sealed');

create table case_task (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('tell-victim-support', 'assess-again', 'tell-child-protection')),
  due_on date not null, done_at timestamptz, done_by uuid references person, created_at timestamptz not null default now(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id)
);
select classify('case_task', 'C1', 'network_id case_id id kind due_on done_at done_by created_at');

-- Was this person a case of the same network within the window? Found by the keyed index, told as a case id only (R25).
create function repeat_case(network uuid, code bytea, since date) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id from case_person p join case_file c on c.id = p.case_id
  where p.network_id = network and network = any (auth_networks()) and p.kind = 'victim' and p.personal_code_index = code
    and c.referred_on >= since order by c.referred_on desc limit 1
$$;

-- Whose identities a case keeps, without a name: so that one of them can be asked for.
create function people_of(the_case uuid) returns table (id uuid, kind text, coded boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.kind, p.personal_code_index is not null from case_person p
  where p.case_id = the_case and p.superseded_at is null and (p.network_id = any (auth_networks()) or has_role('coordinator'))
  order by case p.kind when 'victim' then 1 when 'perpetrator' then 2 else 3 end, p.recorded_at, p.id
$$;

-- A place that is no longer true is set aside without being looked at; false where it is not the network's own.
create function supersede_whereabouts(item uuid) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update case_whereabouts set superseded_at = now()
    where id = item and superseded_at is null and network_id = any (auth_networks()) returning 1)
  select exists (select 1 from done)
$$;
