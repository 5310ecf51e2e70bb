-- How may somebody be reached without harm, who plans to reach her, and was it outside what she said?
set local role tugivork_owner;

-- What she said of it, closed; a later word takes the place of an earlier one, which stays. `rules` is what everybody needs who
-- is about to reach her: ways, hours, who answers, the code word. `people` is who is feared, who may be told and who may not.
create table safe_contact (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  part text not null check (part in ('rules', 'people')), words_sealed bytea not null,
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(), superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id) on update cascade
);
create unique index on safe_contact (case_id, part) where superseded_at is null;
select classify('safe_contact', 'C1', 'network_id case_id id part recorded_by recorded_at superseded_at');
select classify('safe_contact', 'C3', 'words_sealed');
create trigger own_name before insert on safe_contact for each row execute function own_name('recorded_by');
create trigger set_once before update on safe_contact for each row execute function set_once('superseded_at');

-- A contact that somebody plans: a support person under her assignment, the network for itself or as part of an action. `broken`
-- names the rules it goes against; then there is a reason, closed.
create table contact_plan (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique, assignment_id uuid, action_id uuid,
  channel text not null check (channel in ('call', 'text', 'email', 'in_person', 'through')),
  on_date date, at_minute int check (at_minute between 0 and 1439), person_sealed bytea,
  broken text[] not null default '{}' check (broken <@ array['unknown', 'channel', 'channel-unasked', 'day', 'hours', 'hours-unasked', 'person', 'person-unasked']),
  why_sealed bytea,
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  withdrawn_at timestamptz, withdrawn_by uuid references person,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id) on update cascade,
  foreign key (network_id, case_id, assignment_id) references assignment (network_id, case_id, id) on update cascade,
  foreign key (network_id, case_id, action_id) references case_action (network_id, case_id, id) on update cascade,
  check (assignment_id is null or action_id is null), check (on_date is not null or (action_id is not null and at_minute is null)),
  check ((cardinality(broken) = 0) = (why_sealed is null)), check ((withdrawn_at is null) = (withdrawn_by is null)),
  check ((channel = 'through') = (person_sealed is not null))
);
create index on contact_plan (case_id);
create index on contact_plan (recorded_by, on_date) where withdrawn_at is null;
select classify('contact_plan', 'C1', 'network_id case_id id assignment_id action_id channel on_date at_minute broken recorded_by recorded_at withdrawn_at withdrawn_by');
select classify('contact_plan', 'C3', 'why_sealed person_sealed');
create trigger own_name before insert or update on contact_plan for each row execute function own_name('recorded_by', 'withdrawn_by');
create trigger set_once before update on contact_plan for each row execute function set_once('withdrawn_at', 'withdrawn_by');

-- A visit that has been is not stopped; which rules it went against is seen by whoever guides.
alter table visit add column outside text[] not null default '{}' check (outside <@ array['channel', 'day']);
select classify('visit', 'C1', 'outside');
