-- In one's own calendar stand the sessions of supervision too: for whoever leads one, and for whoever is asked to come.
set local role tugivork_owner;

-- As before; and the sessions, by the day on which they are to be or were. What was called off is gone from the calendar.
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
$$;
