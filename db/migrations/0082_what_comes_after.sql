-- What may turn out after the referral: that the core group is not needed, or that there is another child or another who used violence. And
-- what waits when a meeting is over.
-- Whoever is corrected keeps their place among the others, for what the core group answered is said of the second child, not of the one that
-- was written down last.
set local role tugivork_owner;

-- As before, each in the place of the entry that was written down first.
create or replace function people_of(the_case uuid) returns table (id uuid, kind text, coded boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with recursive line as (
    select p.id, p.kind, p.personal_code_index is not null as coded, p.adult_nth, p.corrects_id as before, p.recorded_at as began, p.id as root, 0 as depth
    from case_person p
    where p.case_id = the_case and p.superseded_at is null and (p.case_id = any ((select auth_broken_glass())::uuid[])
        or (p.network_id = any (auth_networks()) and not shut_case(p.case_id, auth_led())) or (has_role('coordinator') and not unfounded(p.case_id)))
      and not p.case_id = any ((select auth_walled())::uuid[])
    union all
    select l.id, l.kind, l.coded, l.adult_nth, b.corrects_id, b.recorded_at, b.id, l.depth + 1
    from line l join case_person b on b.id = l.before and b.case_id = the_case)
  select o.id, o.kind, o.coded from (select distinct on (l.id) l.* from line l order by l.id, l.depth desc) o
  order by case o.kind when 'victim' then 1 when 'perpetrator' then 2 when 'adult' then 3 else 4 end, o.adult_nth, o.began, o.root
$$;

-- When somebody was added to a case that was there, and when an adult in danger was taken out, without a name.
drop function adult_changes(uuid);
create function people_changes(the_case uuid) returns table (at timestamptz, kind text, by_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.at, e.kind, e.by_id from case_person p join case_file c on c.id = p.case_id
    cross join lateral (values (p.recorded_at, p.kind || '-added', p.recorded_by, p.corrects_id is null and p.recorded_at > c.created_at),
      (p.superseded_at, 'adult-withdrawn', p.withdrawn_by, p.withdrawn_by is not null)) e (at, kind, by_id, told)
  where p.case_id = the_case and p.kind <> 'victim' and e.told and not p.case_id = any ((select auth_walled())::uuid[])
    and ((p.network_id = any (auth_networks()) and not shut_case(p.case_id, auth_led())) or (has_role('coordinator', 'auditor') and not unfounded(p.case_id)))
$$;

-- It has been weighed, and others help without the core group: that is an outcome of its own, said in words like every other.
alter table case_closing drop constraint case_closing_reason_check;
alter table case_closing add constraint case_closing_reason_check
  check (reason in ('goal_reached', 'victim_wish', 'consent_withdrawn', 'moved', 'no_contact', 'outside', 'died', 'mistake', 'other'));

-- A meeting is not over with its last case: the lead writes the minutes, then whoever chaired approves them; where the chair does not sit there
-- any more, the lead. Which meetings wait for me, and whether I have promised silence there: what stands in the minutes is told to nobody here.
create function minutes_waiting() returns table (meeting_id uuid, on_date date, step text, pledged boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.id, m.on_date, case when w.id is null then 'write' else 'approve' end, m.id = any ((select auth_pledged())::uuid[])
  from meeting m left join minutes w on w.meeting_id = m.id and w.approved_at is null
  where m.phase = 'held' and m.network_id = any ((select auth_networks())::uuid[]) and m.on_date > (now() at time zone 'Europe/Tallinn')::date - 90
    and case when w.id is null then m.network_id = any ((select auth_led())::uuid[]) and not exists (select from minutes n where n.meeting_id = m.id)
      when m.chair_id is null or agency_of(m.network_id, m.chair_id) is null then m.network_id = any ((select auth_led())::uuid[])
      else m.chair_id = auth_person() end
  order by m.on_date limit 12
$$;

-- The mark of access runs from the first version, not from the day on which somebody mended a word: otherwise every correction would make it
-- longer. Five years are prolonged once, by up to five more; that is a version of its own, for a reason (R26).
alter table minutes drop constraint minutes_check2;
alter table minutes add column extended_until date check (ground = 'internal' and version > 1 or extended_until is null);
select classify('minutes', 'C1', 'extended_until');
create function minutes_mark() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  began date; before date; ends date;
begin
  select min(made_on), max(extended_until) into began, before from minutes where meeting_id = new.meeting_id;
  began := coalesce(began, new.made_on);
  ends := (began + case new.ground when 'private_life' then interval '75 years' else interval '5 years' end)::date;
  if new.until_on <> coalesce(new.extended_until, ends) or new.extended_until <= ends or new.extended_until > (began + interval '10 years')::date
    or new.extended_until <> before then
    raise exception 'the mark runs from the first version, and is prolonged once' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger minutes_mark before insert on minutes for each row execute function minutes_mark();

-- Every case over the threshold is brought before the core group and is offered a support person; where it is not, somebody says why.
alter table case_file add column not_offered_at timestamptz, add column not_offered_sealed bytea;
select classify('case_file', 'C1', 'not_offered_at');
select classify('case_file', 'C3', 'not_offered_sealed');
