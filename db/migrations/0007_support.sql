-- Visits, worries and the month's report.
set local role tugivork_owner;

create table visit (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique,
  assignment_id uuid, volunteer_id uuid not null references volunteer,
  number text not null, on_date date not null, whole_month boolean not null default false, contacts int not null default 1 check (contacts between 0 and 200),
  way text not null check (way in ('meeting', 'phone', 'accompanying', 'other')),
  minutes int not null check (minutes between 0 and 30000), note_sealed bytea,
  expense_cents int not null default 0 check (expense_cents between 0 and 500000), expense_note text,
  danger boolean not null default false, import_key text unique,
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  superseded_at timestamptz, superseded_reason text, corrects_id uuid,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id),
  foreign key (network_id, case_id, assignment_id) references assignment (network_id, case_id, id),
  check (whole_month or minutes <= 1440)
);
create index on visit (volunteer_id, on_date);
create index on visit (on_date);
select classify('visit', 'C1', 'network_id case_id id assignment_id volunteer_id number on_date whole_month contacts way minutes expense_cents danger import_key recorded_by recorded_at superseded_at superseded_reason corrects_id');
select classify('visit', 'C2', 'expense_note');
select classify('visit', 'C3', 'note_sealed');

-- A danger flag or a call for help waits here until somebody has said what was done (R16).
create table concern (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique, number text not null,
  visit_id uuid, volunteer_id uuid not null references volunteer, kind text not null check (kind in ('danger', 'help')),
  raised_at timestamptz not null default clock_timestamp(), raised_by uuid not null references person,
  seen_at timestamptz, seen_by uuid references person,
  answered_at timestamptz, answered_by uuid references person, answer_sealed bytea,
  closed_at timestamptz, closed_by uuid references person,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id)
);
select classify('concern', 'C1', 'network_id case_id id number visit_id volunteer_id kind raised_at raised_by seen_at seen_by answered_at answered_by closed_at closed_by');
select classify('concern', 'C3', 'answer_sealed');

create table month_report (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  month date not null check (extract(day from month) = 1), due_on date not null,
  status text not null default 'draft' check (status in ('draft', 'submitted', 'returned', 'approved')),
  summary_sealed bytea, supervision_need text not null default 'no' check (supervision_need in ('no', 'talk', 'urgent')),
  figures jsonb, version int not null default 1, created_at timestamptz not null default now(),
  unique (volunteer_id, month)
);
select classify('month_report', 'C1', 'id volunteer_id month due_on status supervision_need figures version created_at');
select classify('month_report', 'C3', 'summary_sealed');

create table month_report_event (
  id uuid primary key default gen_random_uuid(), report_id uuid not null references month_report,
  kind text not null check (kind in ('submitted', 'returned', 'approved')), remark text, figures jsonb,
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  check (kind <> 'returned' or length(remark) > 0)
);
create index on month_report_event (report_id);
select classify('month_report_event', 'C1', 'id report_id kind figures recorded_by recorded_at');
select classify('month_report_event', 'C2', 'remark');

create function month_report_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update month_report set status = new.kind, figures = coalesce(new.figures, figures), version = version + 1 where id = new.report_id;
  return new;
end $$;
create trigger month_report_now after insert on month_report_event for each row execute function month_report_now();
