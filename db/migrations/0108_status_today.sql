-- Who works today: also whoever is back from a pause that has run out – and who carries something, though she is on a pause?
set local role tugivork_owner;

-- The status that stands in the row, as it is on a day: who said when they would be back is back on that day, and nobody has to write it.
create function status_on(status text, paused_until date, day date) returns text language sql immutable as $$
  select case when status = 'paused' and paused_until <= day then 'active' else status end
$$;

-- As before; of everybody who works today, and of whoever has a support in hand though she is on a pause.
create or replace function load_parts() returns table (volunteer_id uuid, county_code text, minutes int, supports int, concerns int, children boolean, talk_days int,
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
    where status_on(v.status, v.paused_until, day) = 'active' or (v.status = 'paused' and h.supports > 0);
end $$;
