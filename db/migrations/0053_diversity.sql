-- Whom does the help reach? What the victim said of herself, for her own network; and what is told of it to everybody else, in numbers.
set local role tugivork_owner;

-- Only what she said herself; 'unsaid' is an answer, 'unasked' is none. Set aside, or once the case is erased, nothing of it is kept.
create table case_diversity (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  origin text check (origin in ('estonian', 'russian', 'ukrainian', 'roma', 'other', 'unsaid', 'unasked')),
  disability text check (disability in ('yes', 'no', 'unsaid', 'unasked')), lgbt text check (lgbt in ('yes', 'no', 'unsaid', 'unasked')),
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(), superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id) on update cascade,
  check (superseded_at is null or (origin is null and disability is null and lgbt is null))
);
create unique index on case_diversity (case_id) where superseded_at is null;
select classify('case_diversity', 'C1', 'network_id case_id id recorded_by recorded_at superseded_at');
select classify('case_diversity', 'C3', 'origin disability lgbt');
create trigger own_name before insert on case_diversity for each row execute function own_name('recorded_by');
create trigger set_once before update on case_diversity for each row execute function set_once('superseded_at');

create function diversity_forgotten() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.origin := null; new.disability := null; new.lgbt := null;
  return new;
end $$;
create trigger diversity_forgotten before update on case_diversity
  for each row when (new.superseded_at is not null) execute function diversity_forgotten();

-- What was published of a half-year, once and for good: its numbers, empty where a number is hidden. Nobody can subtract one day's table from another's.
create table reach_half (
  from_on date primary key, to_on date not null, threshold int not null check (threshold > 0), figures jsonb not null,
  made_at timestamptz not null default now(), check (to_on > from_on)
);
select classify('reach_half', 'C1', 'from_on to_on threshold figures made_at');

-- The day on which the first case was brought in, for the process alone.
create function reach_begins() returns date language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (min(created_at) at time zone 'Europe/Tallinn')::date from case_file where has_role('system')
$$;

-- The cases that were brought in these days, counted by what their victims said, by sex and by age: for the process alone, which hides what is small.
create function reach_counts(from_on date, to_on date) returns table (fact text, answer text, cases int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with c as (select f.id, (f.created_at at time zone 'Europe/Tallinn')::date as on_day from case_file f
      where has_role('system') and (f.created_at at time zone 'Europe/Tallinn')::date between reach_counts.from_on and reach_counts.to_on
        and not exists (select from case_basis b where b.case_id = f.id and b.kind = 'imported')),
    told as (select c.id, d.origin, d.disability, d.lgbt, v.sex, extract(year from c.on_day)::int - v.birth_year as years
      from c left join case_diversity d on d.case_id = c.id and d.superseded_at is null
      left join lateral (select p.sex, p.birth_year from case_person p where p.case_id = c.id and p.kind = 'victim' and p.superseded_at is null
        order by p.recorded_at desc limit 1) v on true)
  select f.fact, f.answer, count(*)::int from told cross join lateral (values
    ('all', 'all'), ('origin', coalesce(told.origin, 'unasked')), ('disability', coalesce(told.disability, 'unasked')),
    ('lgbt', coalesce(told.lgbt, 'unasked')), ('sex', coalesce(told.sex, 'unknown')),
    ('age', case when told.years is null then 'unknown' when told.years < 18 then 'under18' when told.years < 25 then 'to24'
      when told.years < 45 then 'to44' when told.years < 65 then 'to64' else 'from65' end)) f (fact, answer)
  group by 1, 2
$$;
