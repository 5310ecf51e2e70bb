-- How many cases come for how many people, and how many hands are there for them? What the country is measured by, and what was published of it.
set local role tugivork_owner;

-- Adult women who live in a county, and posts of those who work for its cases, in hundredths; each from a day on and with where it comes from. The
-- latest line not after a day holds; of two of one day the later written. Nothing is known until somebody has said it.
create table capacity_fact (
  id uuid primary key default gen_random_uuid(), what text not null check (what in ('women', 'workers', 'coordination')),
  county_code text not null references county, hundredths int not null check (hundredths >= 0), valid_from date not null,
  source text not null check (length(source) between 1 and 500), set_by uuid not null references person, set_at timestamptz not null default clock_timestamp()
);
create index on capacity_fact (what, county_code, valid_from);
select classify('capacity_fact', 'C1', 'id what county_code hundredths valid_from source set_by set_at');
create trigger own_name before insert on capacity_fact for each row execute function own_name('set_by');

-- The cases of a half-year by county, published once and for good, empty where a number is hidden; as whom the help reaches.
create table capacity_half (
  from_on date primary key references reach_half (from_on), to_on date not null, threshold int not null check (threshold > 0), figures jsonb not null,
  made_at timestamptz not null default now(), check (to_on > from_on)
);
select classify('capacity_half', 'C1', 'from_on to_on threshold figures made_at');

-- The same cases as reach_counts() counts, by their county: for the process alone, which hides what is small.
create function capacity_counts(from_on date, to_on date) returns table (county_code text, cases int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select f.county_code, count(*)::int from case_file f
  where has_role('system') and (f.created_at at time zone 'Europe/Tallinn')::date between capacity_counts.from_on and capacity_counts.to_on
    and not exists (select from case_basis b where b.case_id = f.id and b.kind = 'imported')
  group by 1
$$;
