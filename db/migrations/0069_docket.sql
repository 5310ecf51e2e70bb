-- Which cases wait for a meeting, and whose flag runs? Kept beside each case, for in a network of thousands a few wait, and each list of them read all.
set local role tugivork_owner;

-- Drawn from the meetings, the closing and the flags taken off (docket_of), anew whenever one of them changes. No login reads or writes it.
create table case_docket (
  network_id uuid not null, case_id uuid primary key, waits boolean not null, flag_since date,
  foreign key (network_id, case_id) references case_file (network_id, id) on update cascade on delete cascade
);
create index on case_docket (network_id) where waits;
create index on case_docket (network_id, flag_since) where flag_since is not null;
select classify('case_docket', 'C1', 'network_id case_id waits flag_since');

-- It waits while it is open, somebody may speak of it, and the network has not heard of it or has put it off. Its flag runs since the network's last
-- meeting that heard of it and put nothing off, or since it was closed, whichever was later, until somebody takes it off.
create function docket_of(the_cases uuid[]) returns setof case_docket language sql stable as $$
  select c.network_id, c.id, c.status = 'open' and c.legal_basis <> 'none' and coalesce(heard.outcome, 'carried') = 'carried',
    case when (g.case_id is not null or heard.outcome <> 'carried')
      and not exists (select from marac_flag_lift f where f.case_id = c.id and (f.lifted_at at time zone 'Europe/Tallinn')::date >= s.since) then s.since end
  from case_file c
  left join case_closing g on g.case_id = c.id and g.reopened_at is null
  left join lateral (select e.on_date, i.outcome from agenda_item i join meeting e on e.id = i.meeting_id
    where i.case_id = c.id and e.network_id = c.network_id and i.removed_at is null and e.phase in ('held', 'cancelled') order by e.on_date desc limit 1) heard on true
  cross join lateral (select greatest(case when heard.outcome is not null then heard.on_date end, g.closed_on) as since) s
  where c.id = any (the_cases)
$$;
create function docket_drawn(the_cases uuid[]) returns void language sql as $$
  insert into case_docket select * from docket_of(the_cases)
  on conflict (case_id) do update set network_id = excluded.network_id, waits = excluded.waits, flag_since = excluded.flag_since
$$;
select docket_drawn((select array_agg(id) from case_file));

create function docket_kept() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare row jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
  perform docket_drawn(case tg_table_name
    when 'case_file' then array[(row ->> 'id')::uuid]
    when 'meeting' then (select array_agg(case_id) from agenda_item where meeting_id = (row ->> 'id')::uuid)
    else array[(row ->> 'case_id')::uuid] end);
  return null;
end $$;
create trigger docket_kept after insert or update of network_id, status, legal_basis on case_file for each row execute function docket_kept();
create trigger docket_kept after update of phase, on_date on meeting for each row execute function docket_kept();
create trigger docket_kept after insert or delete or update of outcome, removed_at on agenda_item for each row execute function docket_kept();
create trigger docket_kept after insert or update of reopened_at, closed_on on case_closing for each row execute function docket_kept();
create trigger docket_kept after insert or delete on marac_flag_lift for each row execute function docket_kept();

-- As before, of those that are kept; whose rows are for whom is asked by those who call it. Months differ in length: three days more are read than asked for.
create or replace function flags_due(networks uuid[], by_day date, months int) returns table (case_id uuid, since date, until date) language sql stable as $$
  select case_id, flag_since, (flag_since + make_interval(months => months))::date from case_docket
  where network_id = any (networks) and flag_since <= (by_day - make_interval(months => months))::date + 3
    and (flag_since + make_interval(months => months))::date <= by_day
$$;
-- Those of the networks that I lead, whichever list they are chosen from.
create function flags_mine(by_day date, months int) returns table (case_id uuid, since date, until date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select f.* from flags_due(auth_led(), by_day, months) f where not f.case_id = any ((select auth_walled())::uuid[])
$$;
create or replace function flag_passed(the_case uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from flags_mine((now() at time zone 'Europe/Tallinn')::date, setting_now('flagMonths', 12)) f where f.case_id = the_case)
$$;

-- As before; looked for among those that wait, those in which an action is late, and those whose flag has run its time.
create or replace function agenda_due(the_meeting uuid) returns table (case_id uuid, kind text, last_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with m as materialized (select * from meeting m where m.id = the_meeting and m.phase = 'planned'
      and not exists (select from meeting e where e.network_id = m.network_id and e.phase = 'planned' and e.on_date < m.on_date)),
  late as materialized (select distinct a.case_id from case_action a join m on a.network_id = m.network_id
    where a.state = 'open' and a.due_on < (now() at time zone 'Europe/Tallinn')::date),
  flagged as materialized (select f.case_id from m, flags_due(array[m.network_id], m.on_date, setting_now('flagMonths', 12)) f),
  chosen as materialized (select d.case_id from case_docket d join m on d.network_id = m.network_id where d.waits
    union select l.case_id from late l union select f.case_id from flagged f)
  select * from (
    select c.id as case_id, case
        when c.status = 'open' and exists (select from late l where l.case_id = c.id) then 'action'
        when c.status = 'open' and heard.on_date is null and exists (select from case_transfer t where t.case_id = c.id and t.state = 'accepted'
          and t.to_network_id = c.network_id) then 'transferred'
        when c.status = 'open' and heard.on_date is null and c.why_marac_sealed is not null then 'new'
        when c.status = 'open' and heard.on_date is not null and coalesce(heard.outcome, 'carried') = 'carried' then 'carried'
        when exists (select from flagged f where f.case_id = c.id) then 'twelve'
      end as kind, heard.on_date as last_on
    from chosen join case_file c on c.id = chosen.case_id join m on c.network_id = m.network_id
    left join lateral (select e.on_date, i.outcome from agenda_item i join meeting e on e.id = i.meeting_id
      where i.case_id = c.id and e.network_id = c.network_id and i.removed_at is null and e.phase in ('held', 'cancelled') order by e.on_date desc limit 1) heard on true
    where c.legal_basis <> 'none'
      and not exists (select from agenda_item i join meeting e on e.id = i.meeting_id where i.case_id = c.id
        and (i.meeting_id = m.id or (i.removed_at is null and e.phase in ('closed', 'sitting'))))) due
  where due.kind is not null
$$;
