-- Needs for a support person and who was asked, said yes, began and stopped.
set local role tugivork_owner;

create table need (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique,
  number text not null, county_code text not null references county, municipality_code text references municipality,
  language text not null, wanted_sex text not null default 'any' check (wanted_sex in ('F', 'M', 'any')),
  child_count int not null default 0, avoid_local boolean not null default false,
  from_on date not null, months int not null check (months between 1 and 36), note text,
  status text not null default 'open' check (status in ('declined', 'open', 'proposed', 'covered', 'closed')),
  import_key text unique, version int not null default 1,
  created_at timestamptz not null default now(), created_by uuid not null references person,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id)
);
create index on need (status);
select classify('need', 'C1', 'network_id case_id id number county_code language wanted_sex child_count avoid_local from_on months status import_key version created_at created_by');
select classify('need', 'C2', 'municipality_code note');

-- Offered, declined, opened, closed: the history that reports count; the row above only repeats the last word.
create table need_event (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), need_id uuid not null,
  kind text not null check (kind in ('offered', 'declined', 'opened', 'proposed', 'covered', 'reopened', 'closed')),
  on_date date not null, reason text, recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id, need_id) references need (network_id, case_id, id)
);
create index on need_event (need_id);
select classify('need_event', 'C1', 'network_id case_id id need_id kind on_date recorded_by recorded_at');
select classify('need_event', 'C3', 'reason');

create table assignment (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique,
  need_id uuid not null, number text not null, volunteer_id uuid not null references volunteer, supervisor_id uuid references person,
  rationale text, override_reason text, chosen_by_solver boolean not null, load_before int not null, solution jsonb,
  follows_id uuid, victim_agreed_on date,
  status text not null default 'proposed' check (status in ('proposed', 'withdrawn', 'declined', 'active', 'ended')),
  start_on date, end_on date,
  created_at timestamptz not null default now(), created_by uuid not null references person,
  primary key (network_id, case_id, id), foreign key (network_id, case_id, need_id) references need (network_id, case_id, id)
);
create unique index one_open_assignment on assignment (need_id) where status in ('proposed', 'active');
create index on assignment (volunteer_id);
select classify('assignment', 'C1', 'network_id case_id id need_id number volunteer_id supervisor_id chosen_by_solver load_before solution follows_id victim_agreed_on status start_on end_on created_at created_by');
select classify('assignment', 'C2', 'rationale override_reason');

create table assignment_event (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), assignment_id uuid not null,
  kind text not null check (kind in ('proposed', 'withdrawn', 'declined', 'accepted', 'ended')),
  on_date date not null, reason_code text, reason text, no_conflict_declared boolean,
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id, assignment_id) references assignment (network_id, case_id, id),
  check (kind <> 'accepted' or no_conflict_declared)
);
create index on assignment_event (assignment_id);
select classify('assignment_event', 'C1', 'network_id case_id id assignment_id kind on_date reason_code no_conflict_declared recorded_by recorded_at');
select classify('assignment_event', 'C2', 'reason');

-- The rows repeat the last word of their histories, and an answer to a proposal moves the need too; said here once.
create function need_status_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update need set version = version + 1, status = case new.kind when 'declined' then 'declined' when 'proposed' then 'proposed'
    when 'covered' then 'covered' when 'closed' then 'closed' else 'open' end where id = new.need_id;
  return new;
end $$;
create trigger need_status_now after insert on need_event for each row execute function need_status_now();

create function assignment_status_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare was text;
begin
  -- Of two answers at once the second finds the first one's word, and has no effect.
  select status into was from assignment where id = new.assignment_id for update;
  if was <> (case when new.kind = 'ended' then 'active' else 'proposed' end) then
    raise exception 'the assignment is already %', was using errcode = '40001';
  end if;
  update assignment set status = case new.kind when 'accepted' then 'active' else new.kind end,
    start_on = case when new.kind = 'accepted' then new.on_date else start_on end,
    end_on = case when new.kind = 'ended' then new.on_date else end_on end
  where id = new.assignment_id;
  -- A support that ends because somebody else must go on opens the need again; every other end closes it.
  insert into need_event (network_id, case_id, need_id, kind, on_date, recorded_by, recorded_at)
  select network_id, case_id, need_id, case when new.kind = 'proposed' then 'proposed' when new.kind = 'accepted' then 'covered'
      when new.kind = 'ended' and coalesce(new.reason_code, '') not in ('handover', 'volunteer_leaves', 'not_suited') then 'closed' else 'reopened' end,
    new.on_date, new.recorded_by, new.recorded_at from assignment where id = new.assignment_id;
  return new;
end $$;
create trigger assignment_status_now after insert on assignment_event for each row execute function assignment_status_now();

-- The volunteer record of the person who asks, as long as she is let in as a volunteer.
create function auth_volunteer() returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select id from volunteer where person_id = auth_person() and has_role('volunteer')
$$;

-- Cases in which the person who asks is the support person today; access ends with the assignment (R11).
create function auth_supported() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(case_id), '{}') from assignment where volunteer_id = auth_volunteer() and status = 'active'
$$;

-- Cases in which the person who asks was asked to be the support person and has not yet answered.
create function auth_proposed() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(case_id), '{}') from assignment where volunteer_id = auth_volunteer() and status = 'proposed'
$$;

-- The volunteers whom the person who asks guides.
create function auth_supervisees() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(id), '{}') from volunteer where supervisor_id = auth_person() and has_role('supervisor')
$$;

-- Cases whose support person this supervisor guides, from the yes on; what was written stays readable for the report.
create function auth_supervised() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(case_id), '{}') from assignment where volunteer_id = any (auth_supervisees()) and status in ('active', 'ended')
$$;

-- The volunteers who help, or were asked to help, in the networks of the person who asks.
create function auth_helpers() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(volunteer_id), '{}') from assignment where network_id = any (auth_networks()) and status in ('proposed', 'active')
$$;

-- Which whereabouts of a case exist, without a value: so that one of them can be asked for.
create function whereabouts_of(the_case uuid) returns table (id uuid, kind text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select w.id, w.kind, w.recorded_at from case_whereabouts w
  where w.case_id = the_case and w.superseded_at is null and (
    w.network_id = any (auth_networks()) or has_role('coordinator') or w.case_id = any (auth_supervised())
    or (w.case_id = any (auth_supported()) and w.id in (
      select unnest(b.whereabouts_ids) from case_brief b where b.case_id = the_case and b.superseded_at is null)))
  order by w.kind, w.recorded_at
$$;
