-- Who was written down by mistake can be taken out of a case again: another who used violence and a child, as an adult in danger could be.
-- What the core group answered is said of a number, so nobody gets the number of one who was taken out.
set local role tugivork_owner;

-- The number of each who used violence, each child and each adult in danger, of a correction that of the entry which it corrects; `live`: not taken out
-- again. Children whom an old workbook only counted have no entry and come first. Asked by the functions below alone.
create function case_numbers(the_case uuid) returns table (id uuid, kind text, nth int, live boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with recursive line as (
    select p.id, p.kind, coalesce(p.adult_nth, row_number() over (partition by p.kind order by p.recorded_at, p.id))::int as nth,
      p.superseded_at is null as live, p.withdrawn_by is not null as gone
    from case_person p where p.case_id = the_case and p.corrects_id is null
    union all
    select p.id, l.kind, l.nth, p.superseded_at is null, p.withdrawn_by is not null from line l join case_person p on p.corrects_id = l.id and p.case_id = the_case),
  ends as (select l.id, l.kind, l.nth, l.live from line l where l.live or l.gone),
  counted as (select greatest(0, f.child_count + (select count(*) from ends e where e.kind = 'child' and not e.live)
      - (select count(*) from case_person p where p.case_id = f.id and p.kind = 'child' and p.corrects_id is null))::int as before
    from case_file f where f.id = the_case)
  select e.id, e.kind, e.nth + case when e.kind = 'child' then c.before else 0 end, e.live from ends e, counted c
$$;

-- The same of those who are in the case, to whoever may ask who they are; one who used violence has a number where there has been more than one.
create function people_numbers(the_case uuid) returns table (id uuid, nth int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with numbered as (select n.id, n.nth, n.live, n.kind = 'perpetrator' and count(*) over (partition by n.kind) = 1 as alone from case_numbers(the_case) n where n.kind <> 'victim')
  select n.id, n.nth from numbered n where n.live and not n.alone and not the_case = any ((select auth_walled())::uuid[]) and n.id in (select o.id from people_of(the_case) o)
$$;

-- Who it is now whom an entry was about: the entry itself, or what has corrected it since; nobody where they were taken out.
create function person_now(the_case uuid, item uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with recursive line as (
    select item as id union all select p.id from line l join case_person p on p.corrects_id = l.id and p.case_id = the_case)
  select l.id from line l where not the_case = any ((select auth_walled())::uuid[]) and l.id in (select o.id from people_of(the_case) o)
$$;

-- For which people the plan needs an answer, by their numbers.
create function plan_people_of(the_case uuid) returns table (kind text, nth int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with numbers as (select n.kind, n.nth, n.live from case_numbers(the_case) n),
    children as (select generate_series(1, f.child_count + (select count(*)::int from numbers n where n.kind = 'child' and not n.live)) as nth from case_file f where f.id = the_case)
  select 'child', c.nth from children c where not exists (select from numbers n where n.kind = 'child' and n.nth = c.nth and not n.live)
  union all select n.kind, n.nth from numbers n where n.kind in ('adult', 'perpetrator') and n.live
  -- What is known of nobody is answered for too.
  union all select 'perpetrator', 1 where not exists (select from numbers n where n.kind = 'perpetrator' and n.live)
$$;
create function plan_people(the_case uuid) returns table (kind text, nth int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.kind, p.nth from case_file c cross join lateral plan_people_of(c.id) p
  where c.id = the_case and c.network_id = any (auth_networks()) and not c.id = any ((select auth_walled())::uuid[]) and not shut_case(c.id, auth_led())
  order by array_position(array['child', 'adult', 'perpetrator'], p.kind), p.nth
$$;

-- As before, by the same numbers.
create or replace function plan_gaps_of(the_case uuid) returns table (kind text, missing int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with latest as (select a.id, a.yes_count from assessment a where a.case_id = the_case and a.state = 'final' and a.superseded_at is null
      order by a.made_on desc, a.recorded_at desc limit 1),
  wanted as (select 'risk' as kind, nth, l.id as assessment_id from latest l, generate_series(1, l.yes_count) nth
    union all select p.kind, p.nth, null from plan_people_of(the_case) p)
  select w.kind, (count(*) filter (where not exists (select from risk_answer r left join case_action a on a.id = r.action_id
    where r.case_id = the_case and r.kind = w.kind and r.nth = w.nth and r.assessment_id is not distinct from w.assessment_id
      and r.superseded_at is null and (a.id is null or a.state in ('open', 'done')))))::int
  from wanted w group by w.kind order by array_position(array['risk', 'child', 'adult', 'perpetrator'], w.kind)
$$;

-- Sets one aside with the reason and says of which kind they were; 'last' where nobody who used violence would be left, nothing where it is not the
-- network's own, or the case is closed. How an adult can be reached goes with them. A child is counted no longer, and where none is left
-- nobody has to be told of one: that task falls away, done by nobody.
-- Walls that stand because of them stay until two people lift them: nobody opens a case to somebody by taking a person out of it.
drop function withdraw_adult(uuid, uuid, bytea);
create function withdraw_person(the_case uuid, item uuid, why bytea) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare gone case_person;
begin
  -- Two who take out at once wait for each other.
  perform from case_file where id = the_case and status = 'open' and network_id = any (auth_networks())
    and not id = any ((select auth_walled())::uuid[]) and not shut_case(id, auth_led()) for update;
  if not found or why is null then return null; end if;
  if (select count(*) = 1 and bool_or(id = item) from case_person where case_id = the_case and kind = 'perpetrator' and superseded_at is null) then
    return 'last';
  end if;
  update case_person set superseded_at = now(), withdrawn_by = auth_person(), withdrawn_sealed = why
  where id = item and case_id = the_case and kind <> 'victim' and superseded_at is null returning * into gone;
  if gone.kind = 'adult' then
    update case_whereabouts set superseded_at = now() where case_id = the_case and adult_nth = gone.adult_nth and superseded_at is null;
  elsif gone.kind = 'child' then
    update case_file set child_count = greatest(0, child_count - 1), version = version + 1 where id = the_case;
    update case_task set done_at = now() where case_id = the_case and kind = 'tell-child-protection' and done_at is null
      and exists (select from case_file where id = the_case and child_count = 0);
  end if;
  return gone.kind;
end $$;

-- When somebody was added to a case that was there, and when one was taken out, without a name.
create or replace function people_changes(the_case uuid) returns table (at timestamptz, kind text, by_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.at, e.kind, e.by_id from case_person p join case_file c on c.id = p.case_id
    cross join lateral (values (p.recorded_at, p.kind || '-added', p.recorded_by, p.corrects_id is null and p.recorded_at > c.created_at),
      (p.superseded_at, p.kind || '-withdrawn', p.withdrawn_by, p.withdrawn_by is not null)) e (at, kind, by_id, told)
  where p.case_id = the_case and p.kind <> 'victim' and e.told and not p.case_id = any ((select auth_walled())::uuid[])
    and ((p.network_id = any (auth_networks()) and not shut_case(p.case_id, auth_led())) or (has_role('coordinator', 'auditor') and not unfounded(p.case_id)))
$$;

-- For the auditors: was the one because of whom this wall stands taken out of the case? Then there may be nothing left to keep apart.
create function wall_outlived(the_wall uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with recursive line as (
    select p.id, p.case_id, p.withdrawn_by from wall w join case_person p on p.id = w.fact and p.case_id = w.case_id
    where w.id = the_wall and has_role('auditor', 'admin') and w.person_id is distinct from auth_person() and not w.case_id = any ((select auth_walled())::uuid[])
    union all
    select p.id, p.case_id, p.withdrawn_by from line l join case_person p on p.corrects_id = l.id and p.case_id = l.case_id)
  select exists (select from line where withdrawn_by is not null)
$$;
