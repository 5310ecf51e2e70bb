-- Workbooks being read in, and the coordinator's reports to the project manager.
set local role tugivork_owner;

create table import_batch (
  id uuid primary key default gen_random_uuid(), sha256 text not null, preview_sealed bytea,
  state text not null default 'previewed' check (state in ('previewed', 'committed', 'discarded')),
  counts jsonb not null, made_by uuid not null references person, made_at timestamptz not null default now(), decided_at timestamptz
);
select classify('import_batch', 'C1', 'id sha256 state counts made_by made_at decided_at');
select classify('import_batch', 'C2', 'preview_sealed');

create table period_report (
  id uuid primary key default gen_random_uuid(), period text not null check (period ~ '^[0-9]{4}(-Q[1-4]|-[01][0-9])?$'),
  from_on date not null, to_on date not null, due_on date not null,
  status text not null default 'draft' check (status in ('draft', 'submitted', 'returned', 'accepted')),
  own_text text not null default '', known_at timestamptz, figures jsonb,
  version int not null default 1, created_by uuid not null references person, created_at timestamptz not null default now()
);
create unique index one_live_report on period_report (period);
select classify('period_report', 'C1', 'id period from_on to_on due_on status own_text known_at figures version created_by created_at');

create table period_report_event (
  id uuid primary key default gen_random_uuid(), report_id uuid not null references period_report,
  kind text not null check (kind in ('submitted', 'returned', 'accepted')), remark text, figures jsonb, own_text text,
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  check (kind <> 'returned' or length(remark) > 0)
);
create index on period_report_event (report_id);
select classify('period_report_event', 'C1', 'id report_id kind remark figures own_text recorded_by recorded_at');

-- The exact figures with the ids of their rows, as they were when the report was handed in; `figures` above are those that may be shown.
create table period_report_snapshot (
  event_id uuid primary key references period_report_event, report_id uuid not null references period_report, figures jsonb not null
);
create index on period_report_snapshot (report_id);
select classify('period_report_snapshot', 'C1', 'event_id report_id figures');

-- True where the person who asks has handed in this report; nobody judges what they submitted.
create function auth_wrote_report(the_report uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from period_report_event where report_id = the_report and kind = 'submitted' and recorded_by = auth_person())
$$;

-- Where a volunteer lives and whether she meets children, and where a case belongs, as it was known when: what is mended later
-- changes no report handed in before. The first line holds from the beginning.
create table volunteer_known (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  county_code text not null references county, child_contact boolean, recorded_at timestamptz not null
);
create index on volunteer_known (volunteer_id);
select classify('volunteer_known', 'C1', 'id volunteer_id county_code child_contact recorded_at');
create table case_known (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), county_code text not null references county,
  recorded_at timestamptz not null, primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id)
);
select classify('case_known', 'C1', 'network_id case_id id county_code recorded_at');

create function volunteer_known_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into volunteer_known (volunteer_id, county_code, child_contact, recorded_at)
  values (new.id, new.county_code, new.child_contact, case tg_op when 'INSERT' then '-infinity' else clock_timestamp() end);
  return new;
end $$;
create trigger volunteer_known_first after insert on volunteer for each row execute function volunteer_known_now();
create trigger volunteer_known_next after update on volunteer for each row
  when (old.county_code <> new.county_code or old.child_contact is distinct from new.child_contact) execute function volunteer_known_now();
create function case_known_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into case_known (network_id, case_id, county_code, recorded_at)
  values (new.network_id, new.id, new.county_code, case tg_op when 'INSERT' then '-infinity' else clock_timestamp() end);
  return new;
end $$;
create trigger case_known_first after insert on case_file for each row execute function case_known_now();
create trigger case_known_next after update on case_file for each row when (old.county_code <> new.county_code) execute function case_known_now();

create function period_report_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update period_report set status = new.kind, version = version + 1,
    known_at = case when new.kind = 'submitted' then new.recorded_at else known_at end, figures = coalesce(new.figures, figures)
  where id = new.report_id;
  return new;
end $$;
create trigger period_report_now after insert on period_report_event for each row execute function period_report_now();
