-- Who was asked to help in which case, and what did they do? Seven cases in ten have a need; most of those had a support person.
create temp table bench_need as
  select *, case when pg_temp.draw(n, 31) < 0.08 then 'declined' when not open then 'closed' when pg_temp.draw(n, 32) < 0.3 then 'covered'
      when pg_temp.draw(n, 32) < 0.34 then 'open' when pg_temp.draw(n, 32) < 0.35 then 'proposed' else 'closed' end as state,
    1 + floor(pg_temp.draw(n, 33) * (select volunteers from size))::int as helper, day + 10 as began, least(day + 10 + 60 + floor(pg_temp.draw(n, 34) * 200)::int, current_date - 1) as ended
  from bench_case where pg_temp.draw(n, 30) < 0.7 and day < current_date - 12;
analyze bench_need;
insert into need (network_id, case_id, id, number, county_code, language, child_count, from_on, months, status, created_at, created_by)
  select network_id, id, pg_temp.id('need', n), (select number from case_file c where c.id = b.id), county, 'et', 0, day + 7, 8, state, day + 2 + time '10:00', pg_temp.id('lead', network * 2)
  from bench_need b order by day, n;
insert into need_event (network_id, case_id, need_id, kind, on_date, recorded_by, recorded_at)
  select network_id, id, pg_temp.id('need', n), kind, on_day, pg_temp.id('lead', network * 2), on_day + time '10:00' + nth * interval '1 minute'
  from bench_need, lateral (select kind, nth, case kind when 'closed' then ended when 'covered' then began else day + 2 end as on_day
    from unnest(case state when 'declined' then '{offered,declined}' when 'open' then '{offered,opened}' when 'proposed' then '{offered,opened,proposed}'
      when 'covered' then '{offered,opened,proposed,covered}' else '{offered,opened,proposed,covered,closed}' end::text[]) with ordinality e(kind, nth)) e order by day, n;

create temp table bench_help as
  select row_number() over (order by day, n) as nth, b.*, case state when 'covered' then 'active' when 'proposed' then 'proposed' else 'ended' end as stands
  from bench_need b where state in ('covered', 'proposed', 'closed');
create unique index on bench_help (nth);
analyze bench_help;
insert into assignment (network_id, case_id, id, need_id, number, volunteer_id, supervisor_id, chosen_by_solver, load_before, status, start_on, end_on, created_at, created_by)
  select h.network_id, h.id, pg_temp.id('assignment', n), pg_temp.id('need', n), c.number, pg_temp.id('helper', helper), v.supervisor_id, true, 0, stands,
    case when stands <> 'proposed' then began end, case when stands = 'ended' then ended end, day + 5 + time '10:00', pg_temp.id('coordinator', 1)
  from bench_help h join case_file c on c.id = h.id join volunteer v on v.id = pg_temp.id('helper', helper) order by nth;
insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, reason_code, no_conflict_declared, recorded_by, recorded_at)
  select network_id, id, pg_temp.id('assignment', n), kind, on_day, case kind when 'ended' then 'goal_reached' end, case kind when 'accepted' then true end,
    pg_temp.id('coordinator', 1), on_day + time '10:00'
  from bench_help, unnest(case stands when 'ended' then '{proposed,accepted,ended}' when 'active' then '{proposed,accepted}' else '{proposed}' end::text[]) kind,
    lateral (select case kind when 'ended' then ended when 'accepted' then began else day + 5 end as on_day) d order by nth;

create temp table bench_visit as
  select v as n, h.n as case_no, h.network_id, h.id as case_id, h.helper, h.began + floor(pg_temp.draw(v, 41)
    * (case when stands = 'ended' then ended else current_date - 1 end - began + 1))::int as day
  from generate_series(1, (select visits from size)) v
  join bench_help h on h.nth = 1 + floor(pg_temp.draw(v, 40) * (select count(*) from bench_help)) and h.stands <> 'proposed' and h.began < current_date;
insert into visit (network_id, case_id, id, assignment_id, volunteer_id, number, on_date, way, minutes, note_sealed, expense_cents, danger, recorded_by, recorded_at)
  select b.network_id, case_id, pg_temp.id('visit', n), pg_temp.id('assignment', case_no), pg_temp.id('helper', helper), c.number, day,
    (array['meeting','meeting','phone','phone','accompanying'])[1 + floor(pg_temp.draw(n, 42) * 5)::int], 15 * (2 + floor(pg_temp.draw(n, 43) * 8)::int),
    pg_temp.bytes(n, 157), case when pg_temp.draw(n, 44) < 0.25 then 300 + mod(n, 2000) else 0 end, mod(n, 50) = 0,
    pg_temp.id('volunteer', helper), day + time '17:00'
  from bench_visit b join case_file c on c.id = b.case_id order by day, n;
-- What the database adds up with each visit, where no trigger ran.
insert into work_sum (network_id, month, way, contacts, minutes, expense_cents)
  select coalesce(done_in, network_id), date_trunc('month', on_date)::date, way, sum(contacts), sum(minutes), sum(expense_cents)
  from visit where superseded_at is null group by 1, 2, 3;
insert into concern (network_id, case_id, number, visit_id, volunteer_id, kind, raised_at, raised_by, seen_at, seen_by, answered_at, answered_by, closed_at, closed_by)
  select v.network_id, v.case_id, v.number, v.id, v.volunteer_id, 'danger', v.recorded_at, v.recorded_by, at, by, at, by, at, by
  from visit v, lateral (select case when v.on_date < current_date - 3 then v.recorded_at + interval '5 hours' end as at,
    case when v.on_date < current_date - 3 then c.created_by end as by from case_file c where c.id = v.case_id) a where v.danger order by v.recorded_at;

-- Reports of the last two years; the running month has none, so that visits may still be written.
insert into month_report (id, volunteer_id, month, due_on, status, figures, created_at)
  select pg_temp.id(volunteer_id::text, to_char(month, 'YYYYMM')::int), volunteer_id, month, month + 38, 'approved',
    jsonb_build_object('contacts', count(*), 'minutes', sum(minutes), 'expenseCents', sum(expense_cents)), month + 32 + time '06:00'
  from (select volunteer_id, minutes, expense_cents, date_trunc('month', on_date)::date as month from visit
    where on_date >= current_date - 730 and on_date < date_trunc('month', current_date)) v group by volunteer_id, month order by month;
insert into month_report_event (report_id, kind, figures, recorded_by, recorded_at)
  select r.id, kind, case kind when 'submitted' then r.figures end, case kind when 'submitted' then v.person_id else v.supervisor_id end,
    r.due_on - 1 + case kind when 'submitted' then time '09:00' else time '15:00' end
  from month_report r join volunteer v on v.id = r.volunteer_id, unnest('{submitted,approved}'::text[]) kind order by r.month;
