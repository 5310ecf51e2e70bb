-- How much does a support person carry, when do those who help sit together, across supervisors too – and what of her days is in her calendar?
set local role tugivork_owner;

-- What each volunteer carries, by facts that are kept anyway, and the points of each part (D18; our own weights: they order, they do not measure): one for
-- every five hours of the last four weeks, one for every support beyond the first, two for every danger or call for help, one for work with children, one for
-- every four weeks since somebody sat with her. Asked by the two functions below alone.
create function load_parts() returns table (volunteer_id uuid, county_code text, minutes int, supports int, concerns int, children boolean, talk_days int,
  hours_points int, supports_points int, concerns_points int, children_points int, talk_points int)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare day date := (now() at time zone 'Europe/Tallinn')::date; walled uuid[] := auth_walled(); deputed uuid[] := auth_deputed(); behind uuid[] := auth_behind();
begin
  return query select v.id, v.county_code, w.minutes, h.supports, d.concerns, c.children, t.days,
      w.minutes / 300, greatest(h.supports - 1, 0), 2 * d.concerns, (c.children and h.supports > 0)::int, coalesce(t.days, 0) / 28
    from volunteer v
      cross join lateral (select walled || case when v.id = any (deputed) then behind else '{}'::uuid[] end as cases) hidden
      cross join lateral (select coalesce(v.child_contact, false) as children) c
      cross join lateral (select coalesce(sum(x.minutes), 0)::int as minutes from visit x
        where x.volunteer_id = v.id and x.superseded_at is null and x.on_date > day - 28 and not x.case_id = any (hidden.cases)) w
      cross join lateral (select count(*)::int as supports, min(a.start_on) as since from assignment a
        where a.volunteer_id = v.id and a.status = 'active' and not a.case_id = any (hidden.cases)) h
      cross join lateral (select count(*)::int as concerns from concern x
        where x.volunteer_id = v.id and x.raised_at > now() - interval '28 days' and not x.case_id = any (hidden.cases)) d
      cross join lateral (select case when h.supports > 0 then greatest(day - coalesce(supervised_last(v.id), h.since), 0) end as days) t
    where v.status = 'active';
end $$;

-- Of those whom I guide, and of myself; of nobody else, whatever else I may see.
create function load_near() returns table (volunteer_id uuid, county_code text, minutes int, supports int, concerns int, children boolean, talk_days int,
  hours_points int, supports_points int, concerns_points int, children_points int, talk_points int)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); mine uuid := auth_volunteer();
begin
  return query select * from load_parts() l where l.volunteer_id = any (guided) or l.volunteer_id = mine;
end $$;

-- For the coordinator: how many of those who work in a county carry much (five points or more) – in thirds, never as a number, and only where so many
-- work there that nobody is told apart (R34). The line without a county is the whole country.
create function load_by_county() returns table (county text, people int, share text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not has_role('coordinator') then return; end if;
  return query select n.name, g.people, case when g.heavy * 2 >= g.people then 'half' when g.heavy * 3 >= g.people then 'third' else 'few' end
    from (select l.county_code, count(*)::int as people, (count(*) filter (where l.hours_points + l.supports_points + l.concerns_points + l.children_points
        + l.talk_points >= 5))::int as heavy
      from load_parts() l group by grouping sets ((l.county_code), ()) having count(*) >= setting_now('smallCount', 5)) g
      left join county n on n.code = g.county_code
    order by n.name collate "et-x-icu" nulls last;
end $$;

-- A covision that is open to those whom others guide.
alter table supervision_session add column shared boolean not null default false, add check (not shared or kind = 'covision');
select classify('supervision_session', 'C1', 'shared');

-- As before; and whoever guides somebody knows of a covision to which she may bring them.
create or replace function auth_sessions() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); mine uuid := auth_volunteer();
begin
  if guided = '{}' and mine is null then return '{}'; end if;
  return (select coalesce(array_agg(distinct known.id), '{}') from (
    select session_id as id from supervision_participant where volunteer_id = any (guided) or volunteer_id = mine
    union all select s.id from supervision_session s where guided <> '{}' and s.shared and s.held_on is null and s.called_off_at is null
      and s.planned_on >= (now() at time zone 'Europe/Tallinn')::date) known);
end $$;

-- Who is in a session: everybody, for whoever writes it down or wrote it down; otherwise those whom one guides oneself.
create function session_people(the_session uuid) returns table (id uuid, code text, name text, person_id uuid, attended boolean)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); whole boolean := the_session = any (auth_session_notes());
begin
  return query select v.id, v.code, v.name, v.person_id, p.attended from supervision_participant p join volunteer v on v.id = p.volunteer_id
    where p.session_id = the_session and (whole or p.volunteer_id = any (guided)) order by v.name collate "et-x-icu";
end $$;

-- As before; and by which day she should sit together with others again, and when she does. Only where covision is among the kinds of the order.
drop function supervision_standing();
create function supervision_standing() returns table (volunteer_id uuid, supervisor_id uuid, last_on date, covision_on date, covision_due date,
  covision_next date, next_on date, next_at text, next_kind text, due_on date, deputy_id uuid, on_duty uuid, why text, until date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); mine uuid := auth_volunteer(); everybody boolean := has_role('coordinator', 'system');
  weeks int := setting_now('supervisionWeeks', 4); day date := (now() at time zone 'Europe/Tallinn')::date; covision_weeks int := setting_now('covisionWeeks', 13);
  together boolean := coalesce((select s.value #>> '{}' like '%covision%' from setting s where s.name = 'supervisionKinds' and s.valid_from <= day
    order by s.valid_from desc limit 1), true);
begin
  return query select v.id, v.supervisor_id, supervised_last(v.id), c.covision_on,
      case when together and b.since is not null then greatest(c.covision_on, b.since) + covision_weeks * 7 end, c.covision_next,
      n.planned_on, n.planned_at, n.kind, case when b.since is not null then greatest(supervised_last(v.id), b.since, v.supervisor_since) + weeks * 7 end,
      d.deputy_id, u.deputy_id, u.why, u.until
    from volunteer v left join supervision_deputy d on d.supervisor_id = v.supervisor_id and d.ended_at is null
      left join supervision_duties() u on u.volunteer_id = v.id
      cross join lateral (select supports_since(v.id) as since) b
      cross join lateral (select max(s.held_on) filter (where p.attended) as covision_on,
          min(s.planned_on) filter (where s.held_on is null and s.called_off_at is null and s.planned_on >= day) as covision_next
        from supervision_participant p join supervision_session s on s.id = p.session_id where p.volunteer_id = v.id and s.kind = 'covision') c
      left join lateral (select s.planned_on, s.planned_at, s.kind from supervision_participant p join supervision_session s on s.id = p.session_id
        where p.volunteer_id = v.id and s.held_on is null and s.called_off_at is null and s.planned_on >= day order by s.planned_on limit 1) n on true
    where everybody or v.id = any (guided) or v.id = mine;
end $$;

-- As before; and of whoever supports somebody the contacts that are planned in a support that runs, and the days on which she is away.
create or replace function calendar_of(who uuid) returns table (id uuid, kind text, on_date date, starts_at time, changed_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with held as (select r.role, r.network_id from person_role r
    where r.person_id = who and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to)
  select m.id, 'meeting', m.on_date, m.starts_at::time, coalesce(m.ended_at, m.invited_at, m.created_at) from meeting m
    join held h on h.network_id = m.network_id and (h.role = 'lead' or (h.role = 'member' and m.invited_at is not null))
    where m.phase <> 'cancelled' and m.on_date > (now() at time zone 'Europe/Tallinn')::date - 90
  union
  select a.id, 'action', a.due_on, null::time, a.recorded_at from case_action a join held h on h.network_id = a.network_id and h.role in ('lead', 'member')
    where a.owner_id = who and a.state = 'open' and not exists (select from wall w where w.person_id = who and w.case_id = a.case_id and w.lifted_at is null)
  union
  select r.id, 'report', r.due_on, null::time, now() from month_report r join volunteer v on v.id = r.volunteer_id
    where v.person_id = who and r.status in ('draft', 'returned') and exists (select from held h where h.role = 'volunteer')
  union
  select s.id, 'session', coalesce(s.held_on, s.planned_on), case when s.held_on is null or s.held_on = s.planned_on then s.planned_at::time end, s.made_at
    from supervision_session s
    where s.called_off_at is null and coalesce(s.held_on, s.planned_on) > (now() at time zone 'Europe/Tallinn')::date - 90
      and ((s.led_by = who and exists (select from held h where h.role = 'supervisor')) or (exists (select from held h where h.role = 'volunteer')
        and exists (select from supervision_participant p join volunteer v on v.id = p.volunteer_id where p.session_id = s.id and v.person_id = who)))
  union
  select c.id, 'contact', c.on_date, make_time(c.at_minute / 60, c.at_minute % 60, 0), c.recorded_at from contact_plan c
    join assignment a on a.id = c.assignment_id join volunteer v on v.id = a.volunteer_id
    where v.person_id = who and a.status = 'active' and c.withdrawn_at is null and c.on_date > (now() at time zone 'Europe/Tallinn')::date - 90
      and exists (select from held h where h.role = 'volunteer')
      and not exists (select from wall w where w.person_id = who and w.case_id = c.case_id and w.lifted_at is null)
  union
  select md5(w.id::text || d.day::date)::uuid, 'away', d.day::date, null::time, w.told_at from volunteer_away w join volunteer v on v.id = w.volunteer_id
    cross join lateral generate_series(w.from_on::timestamp, w.to_on::timestamp, '1 day') d (day)
    where v.person_id = who and w.ended_at is null and w.to_on > (now() at time zone 'Europe/Tallinn')::date - 90
      and exists (select from held h where h.role = 'volunteer')
$$;
