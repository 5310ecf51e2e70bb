-- Have we met this person before, and is it a repeat by each of the two published definitions?
set local role tugivork_owner;

-- How a name sounds, closed with the key of the process: equal bytes in one network are one name, however it is spelled. Empty once the case is erased.
create table case_name_key (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), person_row uuid not null, key_index bytea,
  primary key (network_id, case_id, id), foreign key (network_id, case_id, person_row) references case_person (network_id, case_id, id)
);
create index on case_name_key (network_id, key_index);
create index on case_name_key (case_id);
select classify('case_name_key', 'C1', 'network_id case_id id person_row');
select classify('case_name_key', 'C2', 'key_index');

alter table case_person add column former_names_sealed bytea;
select classify('case_person', 'C2', 'former_names_sealed');

-- What the lead has said about a case that came back: each word stays, the last one counts.
create table case_repeat (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), earlier_case_id uuid not null references case_file (id),
  incident_on date not null, pair text check (pair in ('same', 'other', 'unknown')), crime text check (crime in ('yes', 'no', 'unknown')),
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id), check (earlier_case_id <> case_id)
);
create index on case_repeat (case_id);
create index on case_repeat (earlier_case_id);
select classify('case_repeat', 'C1', 'network_id case_id id earlier_case_id incident_on recorded_by recorded_at');
select classify('case_repeat', 'C3', 'pair crime');
create trigger own_name before insert on case_repeat for each row execute function own_name('recorded_by');

-- Earlier cases of the same network whose victim has the same code or a name that sounds alike, for its lead alone; `pair`: so has the perpetrator.
create function known_before(the_case uuid) returns table (id uuid, number text, referred_on date, status text, how text, pair boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with here as (select f.id, f.network_id, f.referred_on, f.created_at from case_file f where f.id = the_case and f.network_id = any (auth_led())
      and not f.id = any ((select auth_walled())::uuid[])),
    mine as (select p.id, p.kind, p.personal_code_index as code from case_person p, here h where p.case_id = h.id and p.superseded_at is null and p.kind <> 'child'),
    alike as (
      select o.case_id, o.kind, 'code' as how from mine m join here h on true
        join case_person o on o.network_id = h.network_id and o.personal_code_index = m.code and o.kind = m.kind and o.superseded_at is null
      union all
      select o.case_id, o.kind, 'name' from mine m join here h on true join case_name_key k on k.case_id = h.id and k.person_row = m.id
        join case_name_key l on l.network_id = h.network_id and l.key_index = k.key_index
        join case_person o on o.case_id = l.case_id and o.id = l.person_row and o.kind = m.kind and o.superseded_at is null)
  select f.id, f.number, f.referred_on, f.status, min(a.how) filter (where a.kind = 'victim'), coalesce(bool_or(a.kind = 'perpetrator'), false)
  from alike a join case_file f on f.id = a.case_id join here h on f.id <> h.id
  where (f.referred_on, f.created_at) < (h.referred_on, h.created_at) and not f.id = any ((select auth_walled())::uuid[])
  group by f.id, f.number, f.referred_on, f.status having bool_or(a.kind = 'victim')
  order by f.referred_on desc limit 20
$$;

-- A case that is said to be the same victim's within the months of the setting is marked and linked like one found by the code (R25).
create function repeat_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update case_file c set repeat_of = new.earlier_case_id, version = c.version + 1 from case_file e
  where c.id = new.case_id and c.repeat_of is null and e.id = new.earlier_case_id
    and new.incident_on >= e.referred_on and new.incident_on <= e.referred_on + make_interval(months => setting_now('repeatMonths', 12));
  return new;
end $$;
create trigger repeat_now after insert on case_repeat for each row execute function repeat_now();
