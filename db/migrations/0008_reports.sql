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

create function period_report_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update period_report set status = new.kind, version = version + 1,
    known_at = case when new.kind = 'submitted' then new.recorded_at else known_at end, figures = coalesce(new.figures, figures)
  where id = new.report_id;
  return new;
end $$;
create trigger period_report_now after insert on period_report_event for each row execute function period_report_now();
