-- Who guides whom, and how does the supervision of everybody stand – asked once for all of them, not once for each?
set local role tugivork_owner;

-- As before: whose duty is whose today. Whether both are in office is asked once for each pair, and the last talks of all in one go.
create or replace function supervision_duties(the_deputy uuid default null, the_volunteer uuid default null)
returns table (volunteer_id uuid, supervisor_id uuid, deputy_id uuid, why text, until date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with t as (select (now() at time zone 'Europe/Tallinn')::date as day, setting_now('supervisionWeeks', 4) * 7 + setting_now('supervisionGraceDays', 7) as days),
  d as materialized (
    select s.supervisor_id, s.deputy_id, s.from_on, (select max(x.to_on) from supervision_absence x
      where x.supervisor_id = s.supervisor_id and x.ended_at is null and t.day between x.from_on and x.to_on) as away
    from supervision_deputy s cross join t where s.ended_at is null and (the_deputy is null or s.deputy_id = the_deputy)
      and holds_in_person(s.supervisor_id, 'supervisor', t.day) and holds_in_person(s.deputy_id, 'supervisor', t.day)),
  v as materialized (
    select v.id, d.supervisor_id, d.deputy_id, d.away, greatest(v.supervisor_since, d.from_on) as since
    from d join volunteer v on v.supervisor_id = d.supervisor_id and v.person_id is distinct from d.deputy_id where the_volunteer is null or v.id = the_volunteer),
  bears as (select a.volunteer_id as id, min(a.start_on) as since from assignment a join v on v.id = a.volunteer_id cross join t
    where v.away is null and a.status = 'active' and a.start_on <= t.day and (a.end_on is null or a.end_on >= t.day) group by 1),
  sat as (select p.volunteer_id as id, max(s.held_on) as last from supervision_participant p join v on v.id = p.volunteer_id
    join supervision_session s on s.id = p.session_id where v.away is null and p.attended and s.kind <> 'covision' group by 1)
  select v.id, v.supervisor_id, v.deputy_id, case when v.away is not null then 'away' else 'lapse' end, v.away
  from v cross join t left join bears b on b.id = v.id left join sat on sat.id = v.id
  where v.away is not null or (b.since is not null and t.day > greatest(sat.last, b.since, v.since) + t.days)
$$;

-- As before, for whoever may know.
create or replace function supervision_standing() returns table (volunteer_id uuid, supervisor_id uuid, last_on date, covision_on date, covision_due date,
  covision_next date, next_on date, next_at text, next_kind text, due_on date, deputy_id uuid, on_duty uuid, why text, until date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); mine uuid := auth_volunteer(); everybody boolean := has_role('coordinator', 'system');
  weeks int := setting_now('supervisionWeeks', 4); day date := (now() at time zone 'Europe/Tallinn')::date; covision_weeks int := setting_now('covisionWeeks', 13);
  together boolean := coalesce((select s.value #>> '{}' like '%covision%' from setting s where s.name = 'supervisionKinds' and s.valid_from <= day
    order by s.valid_from desc limit 1), true);
begin
  return query
  with v as materialized (select x.id, x.supervisor_id, x.supervisor_since from volunteer x where everybody or x.id = any (guided) or x.id = mine),
  bears as (select a.volunteer_id as id, min(a.start_on) as since from assignment a join v on v.id = a.volunteer_id
    where a.status = 'active' and a.start_on <= day and (a.end_on is null or a.end_on >= day) group by 1),
  sat as (select p.volunteer_id as id, max(s.held_on) filter (where p.attended and s.kind <> 'covision') as last,
      max(s.held_on) filter (where p.attended and s.kind = 'covision') as together_on,
      min(s.planned_on) filter (where s.kind = 'covision' and s.held_on is null and s.called_off_at is null and s.planned_on >= day) as together_next
    from supervision_participant p join v on v.id = p.volunteer_id join supervision_session s on s.id = p.session_id group by 1),
  next as (select distinct on (p.volunteer_id) p.volunteer_id as id, s.planned_on, s.planned_at, s.kind
    from supervision_participant p join v on v.id = p.volunteer_id join supervision_session s on s.id = p.session_id
    where s.held_on is null and s.called_off_at is null and s.planned_on >= day order by p.volunteer_id, s.planned_on)
  select v.id, v.supervisor_id, sat.last, sat.together_on, case when together and b.since is not null then greatest(sat.together_on, b.since) + covision_weeks * 7 end,
    sat.together_next, n.planned_on, n.planned_at, n.kind, case when b.since is not null then greatest(sat.last, b.since, v.supervisor_since) + weeks * 7 end,
    d.deputy_id, u.deputy_id, u.why, u.until
  from v left join supervision_deputy d on d.supervisor_id = v.supervisor_id and d.ended_at is null left join supervision_duties() u on u.volunteer_id = v.id
    left join bears b on b.id = v.id left join sat on sat.id = v.id left join next n on n.id = v.id;
end $$;
