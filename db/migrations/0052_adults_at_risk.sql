-- Who besides her and the children is in danger: other adults of a case, each with a number of their own.
set local role tugivork_owner;

alter table case_person drop constraint case_person_kind_check;
alter table case_person add constraint case_person_kind_check check (kind in ('victim', 'perpetrator', 'child', 'adult'));
-- Why an adult is in danger; and where somebody was taken out again, by whom and why. The number stays the same however often the entry is
-- corrected, for what the core group answered is said of the number.
alter table case_person add column adult_nth int check (adult_nth between 1 and 60),
  add column risk_sealed bytea check (risk_sealed is null or kind = 'adult'),
  add column withdrawn_sealed bytea, add column withdrawn_by uuid references person,
  add constraint case_person_adult check ((kind = 'adult') = (adult_nth is not null)),
  add constraint case_person_withdrawn check ((withdrawn_by is null) = (withdrawn_sealed is null) and (withdrawn_by is null or superseded_at is not null));
select classify('case_person', 'C1', 'adult_nth withdrawn_by');
select classify('case_person', 'C3', 'risk_sealed withdrawn_sealed');
drop trigger own_name on case_person;
create trigger own_name before insert on case_person for each row execute function own_name('recorded_by', 'withdrawn_by');
create unique index on case_person (case_id, adult_nth) where superseded_at is null;

-- How such an adult may be reached stands with the other places, one look at a time.
alter table case_whereabouts drop constraint case_whereabouts_kind_check;
alter table case_whereabouts add constraint case_whereabouts_kind_check
  check (kind in ('safe_contact', 'address', 'shelter', 'school', 'workplace', 'routine', 'adult_contact'));
alter table case_whereabouts add column adult_nth int check (adult_nth between 1 and 60),
  add constraint case_whereabouts_adult check ((kind = 'adult_contact') = (adult_nth is not null));
select classify('case_whereabouts', 'C1', 'adult_nth');

alter table risk_answer drop constraint risk_answer_kind_check;
alter table risk_answer add constraint risk_answer_kind_check check (kind in ('risk', 'child', 'perpetrator', 'adult'));

-- The next number of the case, or that of the entry that is corrected.
create function adult_numbered() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('adult ' || new.case_id, 0));
  select adult_nth into new.adult_nth from case_person where id = new.corrects_id and case_id = new.case_id;
  if new.adult_nth is null then
    select coalesce(max(adult_nth), 0) + 1 into new.adult_nth from case_person where case_id = new.case_id;
  end if;
  return new;
end $$;
create trigger adult_numbered before insert on case_person
  for each row when (new.kind = 'adult' and new.adult_nth is null) execute function adult_numbered();

-- Which number the entry of an adult in danger has, and whose the contact of one is: of what the one who asks may ask for, and no more.
create function adults_of(the_case uuid) returns table (id uuid, nth int, place boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.adult_nth, false from case_person p where p.adult_nth is not null and p.case_id = the_case
    and not p.case_id = any ((select auth_walled())::uuid[]) and p.id in (select o.id from people_of(the_case) o)
  union all
  select w.id, w.adult_nth, true from case_whereabouts w where w.adult_nth is not null and w.case_id = the_case
    and not w.case_id = any ((select auth_walled())::uuid[]) and w.id in (select o.id from whereabouts_of(the_case) o)
$$;

-- Sets one aside with the reason, and how they can be reached; false where it is not the network's own, or the case is closed.
create function withdraw_adult(the_case uuid, item uuid, why bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare gone int;
begin
  update case_person set superseded_at = now(), withdrawn_by = auth_person(), withdrawn_sealed = why
  where id = item and case_id = the_case and kind = 'adult' and superseded_at is null and why is not null and network_id = any (auth_networks())
    and not case_id = any ((select auth_walled())::uuid[]) and not shut_case(case_id, auth_led()) and not case_ended(case_id)
  returning adult_nth into gone;
  if gone is null then return false; end if;
  update case_whereabouts set superseded_at = now() where case_id = the_case and adult_nth = gone and superseded_at is null;
  return true;
end $$;

-- When an adult was added to a case that was there, and when one was taken out, without a name.
create function adult_changes(the_case uuid) returns table (at timestamptz, kind text, by_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.at, e.kind, e.by_id from case_person p join case_file c on c.id = p.case_id
    cross join lateral (values (p.recorded_at, 'adult-added', p.recorded_by, p.corrects_id is null and p.recorded_at > c.created_at),
      (p.superseded_at, 'adult-withdrawn', p.withdrawn_by, p.withdrawn_by is not null)) e (at, kind, by_id, told)
  where p.case_id = the_case and p.kind = 'adult' and e.told and not p.case_id = any ((select auth_walled())::uuid[])
    and ((p.network_id = any (auth_networks()) and not shut_case(p.case_id, auth_led())) or (has_role('coordinator', 'auditor') and not unfounded(p.case_id)))
$$;

-- As before; adults in danger stand before the children.
create or replace function people_of(the_case uuid) returns table (id uuid, kind text, coded boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.kind, p.personal_code_index is not null from case_person p
  where p.case_id = the_case and p.superseded_at is null and (p.case_id = any ((select auth_broken_glass())::uuid[])
      or (p.network_id = any (auth_networks()) and not shut_case(p.case_id, auth_led())) or (has_role('coordinator') and not unfounded(p.case_id)))
    and not p.case_id = any ((select auth_walled())::uuid[])
  order by case p.kind when 'victim' then 1 when 'perpetrator' then 2 when 'adult' then 3 else 4 end, p.adult_nth, p.recorded_at, p.id
$$;

-- As before, and: each adult in danger who has not been taken out again.
create or replace function plan_gaps_of(the_case uuid) returns table (kind text, missing int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with latest as (select a.id, a.yes_count from assessment a where a.case_id = the_case and a.state = 'final' and a.superseded_at is null
      order by a.made_on desc, a.recorded_at desc limit 1),
  wanted as (select 'risk' as kind, nth, l.id as assessment_id from latest l, generate_series(1, l.yes_count) nth
    union all select 'child', nth, null from case_file f, generate_series(1, f.child_count) nth where f.id = the_case
    union all select 'adult', p.adult_nth, null from case_person p where p.case_id = the_case and p.kind = 'adult' and p.superseded_at is null
    union all select 'perpetrator', nth, null from generate_series(1, greatest(1, (select count(*)::int from case_person p
      where p.case_id = the_case and p.kind = 'perpetrator' and p.superseded_at is null))) nth)
  select w.kind, (count(*) filter (where not exists (select from risk_answer r left join case_action a on a.id = r.action_id
    where r.case_id = the_case and r.kind = w.kind and r.nth = w.nth and r.assessment_id is not distinct from w.assessment_id
      and r.superseded_at is null and (a.id is null or a.state in ('open', 'done')))))::int
  from wanted w group by w.kind order by array_position(array['risk', 'child', 'adult', 'perpetrator'], w.kind)
$$;

-- Somebody who was in danger beside another may come as the victim herself ('was-beside'), or the other way round ('is-beside'): the lead is
-- told of that too, as what it is.
create or replace function known_before(the_case uuid) returns table (id uuid, number text, referred_on date, status text, how text, pair boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with here as (select f.id, f.network_id, f.referred_on, f.created_at from case_file f where f.id = the_case and f.network_id = any (auth_led())
      and not f.id = any ((select auth_walled())::uuid[])),
    mine as (select p.id, p.kind, p.personal_code_index as code from case_person p, here h where p.case_id = h.id and p.superseded_at is null and p.kind <> 'child'),
    alike as (
      select o.case_id, m.kind as mine, o.kind as theirs, 'code' as how from mine m join here h on true
        join case_person o on o.network_id = h.network_id and o.personal_code_index = m.code and o.superseded_at is null
      union all
      select o.case_id, m.kind, o.kind, 'name' from mine m join here h on true join case_name_key k on k.case_id = h.id and k.person_row = m.id
        join case_name_key l on l.network_id = h.network_id and l.key_index = k.key_index
        join case_person o on o.case_id = l.case_id and o.id = l.person_row and o.superseded_at is null)
  select f.id, f.number, f.referred_on, f.status, case
      when bool_or(a.mine = a.theirs and a.mine = 'victim') then min(a.how) filter (where a.mine = 'victim' and a.theirs = 'victim')
      when bool_or(a.mine = 'victim') then 'was-beside' else 'is-beside' end, coalesce(bool_or(a.mine = 'perpetrator' and a.theirs = 'perpetrator'), false)
  from alike a join case_file f on f.id = a.case_id join here h on f.id <> h.id
  where (f.referred_on, f.created_at) < (h.referred_on, h.created_at) and not f.id = any ((select auth_walled())::uuid[])
    and (a.mine, a.theirs) in (('victim', 'victim'), ('perpetrator', 'perpetrator'), ('victim', 'adult'), ('adult', 'victim'))
  group by f.id, f.number, f.referred_on, f.status having bool_or(a.mine <> 'perpetrator')
  order by f.referred_on desc limit 20
$$;
