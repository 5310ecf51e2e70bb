-- How long does a case carry a flag that a new incident is a repeat, and who takes it off? One flag, whether a meeting heard of the case or it was closed.
insert into marac_flag_lift (network_id, case_id, lifted_by, lifted_at)
  select network_id, case_id, flag_lifted_by, (flag_lifted_on + time '12:00') at time zone 'Europe/Tallinn' from case_closing where flag_lifted_on is not null;
-- Two numbers were set for it. The one that is left was called after the closing.
update setting s set name = 'flagMonths' where name = 'maracFlagMonths'
  and not exists (select from setting o where o.name = 'flagMonths' and o.valid_from = s.valid_from);
delete from setting where name = 'maracFlagMonths';
set local role tugivork_owner;

-- The flags of these networks whose months have passed by a day: since the network's last meeting that heard of the case and put nothing off, or
-- since it was closed, whichever was later, and not taken off since then. Of the rows that the one who asks may see.
create function flags_due(networks uuid[], by_day date, months int) returns table (case_id uuid, since date, until date) language sql stable as $$
  select c.id, s.since, (s.since + make_interval(months => months))::date
  from case_file c
  left join case_closing g on g.case_id = c.id and g.reopened_at is null
  left join lateral (select e.on_date, i.outcome from agenda_item i join meeting e on e.id = i.meeting_id
    where i.case_id = c.id and e.network_id = c.network_id and i.removed_at is null and e.phase in ('held', 'cancelled') order by e.on_date desc limit 1) heard on true
  cross join lateral (select greatest(case when heard.outcome is not null then heard.on_date end, g.closed_on) as since) s
  where c.network_id = any (networks) and (g.case_id is not null or heard.outcome <> 'carried')
    and (s.since + make_interval(months => months))::date <= by_day
    and not exists (select from marac_flag_lift f where f.case_id = c.id and (f.lifted_at at time zone 'Europe/Tallinn')::date >= s.since)
$$;

-- A flag is taken off once its months have passed, whichever list it was chosen from.
create function flag_passed(the_case uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from case_file c, flags_due(array[c.network_id], (now() at time zone 'Europe/Tallinn')::date, setting_now('flagMonths', 12)) f
    where c.id = the_case and f.case_id = c.id and c.network_id = any (auth_led()) and not c.id = any ((select auth_walled())::uuid[]))
$$;

-- As before; what has twelve months behind it is told by the same function.
create or replace function agenda_due(the_meeting uuid) returns table (case_id uuid, kind text, last_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from (
    select c.id as case_id, case
        when c.status = 'open' and exists (select from case_action a where a.case_id = c.id and a.state = 'open'
          and a.due_on < (now() at time zone 'Europe/Tallinn')::date) then 'action'
        when c.status = 'open' and heard.on_date is null and exists (select from case_transfer t where t.case_id = c.id and t.state = 'accepted'
          and t.to_network_id = c.network_id) then 'transferred'
        when c.status = 'open' and heard.on_date is null and c.why_marac_sealed is not null then 'new'
        when c.status = 'open' and heard.on_date is not null and coalesce(heard.outcome, 'carried') = 'carried' then 'carried'
        when flagged.case_id is not null then 'twelve'
      end as kind, heard.on_date as last_on
    from meeting m join case_file c on c.network_id = m.network_id
    left join flags_due(array[m.network_id], m.on_date, setting_now('flagMonths', 12)) flagged on flagged.case_id = c.id
    left join lateral (select e.on_date, i.outcome from agenda_item i join meeting e on e.id = i.meeting_id
      where i.case_id = c.id and e.network_id = c.network_id and i.removed_at is null and e.id <> m.id and e.phase in ('held', 'cancelled') order by e.on_date desc limit 1) heard on true
    where m.id = the_meeting and m.phase = 'planned' and c.legal_basis <> 'none'
      and not exists (select from meeting e where e.network_id = m.network_id and e.phase = 'planned' and e.on_date < m.on_date)
      and not exists (select from agenda_item i join meeting e on e.id = i.meeting_id where i.case_id = c.id
        and (i.meeting_id = m.id or (i.removed_at is null and e.phase in ('closed', 'sitting'))))) due
  where due.kind is not null
$$;

-- As before, without a flag of its own.
create or replace function closing_begins() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from case_file where id = new.case_id and status = 'open' for update;
  if not found then raise exception 'the case is not open' using errcode = '40001'; end if;
  if exists (select from case_closing_gaps(new.case_id) g where not (new.reason in ('died', 'mistake') and g.kind like 'risk-%')) then
    raise exception 'something stands in the way' using errcode = '23514';
  end if;
  select a.level, a.made_on into new.level, new.assessed_on from assessment a
    where a.case_id = new.case_id and a.state <> 'draft' and a.superseded_at is null order by a.made_on desc, a.recorded_at desc limit 1;
  return new;
end $$;
drop trigger own_name on case_closing;
drop trigger set_once on case_closing;
create trigger own_name before insert or update on case_closing for each row execute function own_name('closed_by', 'reopened_by');
create trigger set_once before update on case_closing for each row execute function set_once('reopened_at', 'reopened_by', 'reopened_sealed');
do $$
declare p record;
begin
  -- The policies are made anew from their files right after; the one that reads these columns goes before them.
  for p in select policyname from pg_policies where tablename = 'case_closing' and coalesce(qual, '') || coalesce(with_check, '') ~ 'flag_' loop
    execute format('drop policy %I on case_closing', p.policyname);
  end loop;
end $$;
alter table case_closing drop column flag_until, drop column flag_lifted_on, drop column flag_lifted_by;
