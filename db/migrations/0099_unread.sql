-- Which entries has nobody read for so long that whoever answers for the country should hear of it, as a number?
set local role tugivork_owner;

create index on visit (assignment_id) where superseded_at is null;

-- What nobody has read, of supports that are still open to whoever guides (as auth_supervised() has it), but for what she wrote herself and what
-- an old workbook told.
create function entries_unread() returns table (volunteer_id uuid, case_id uuid, recorded_by uuid, recorded_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select v.volunteer_id, v.case_id, v.recorded_by, (v.recorded_at at time zone 'Europe/Tallinn')::date
  from assignment a join visit v on v.assignment_id = a.id join volunteer w on w.id = a.volunteer_id
  where v.superseded_at is null and v.import_key is null and v.recorded_by is distinct from w.supervisor_id
    and not exists (select from visit_reading r where r.visit_id = v.id)
    and exists (select from sealed_key k where k.owner_id = v.case_id and k.wrapped is not null)
    and ((a.status = 'active' and (a.end_on is null or a.end_on >= (now() at time zone 'Europe/Tallinn')::date))
      or (a.status = 'ended' and (
        not exists (select from month_report r where r.volunteer_id = a.volunteer_id and r.month = date_trunc('month', a.end_on)::date and r.status = 'approved')
        or exists (select from month_report r where r.volunteer_id = a.volunteer_id and r.status <> 'approved'
          and r.month between date_trunc('month', coalesce(a.start_on, a.end_on))::date and a.end_on))))
$$;

-- How many have waited longer than the days of the rule, by who guides: for the coordinator, never which and of whom.
create function unread_long() returns table (supervisor_id uuid, entries int, oldest date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare before date := (now() at time zone 'Europe/Tallinn')::date - setting_now('unreadTellDays', 60);
begin
  if not has_role('coordinator') then return; end if;
  return query select w.supervisor_id, count(*)::int, min(e.recorded_on) from entries_unread() e join volunteer w on w.id = e.volunteer_id
    where e.recorded_on < before and not e.case_id = any ((select auth_walled())::uuid[]) group by w.supervisor_id;
end $$;
