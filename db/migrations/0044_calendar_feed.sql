-- A calendar of one's own in any calendar program: a link that nobody can guess, days and hours without a word of what they are about.
set local role tugivork_owner;

create table calendar_feed (
  person_id uuid primary key references person, token_hash bytea not null unique check (octet_length(token_hash) = 32),
  created_at timestamptz not null default now(), read_at timestamptz
);
select classify('calendar_feed', 'C1', 'person_id token_hash created_at read_at');

-- What is in the calendar of somebody: meetings of the networks in which they work today, what they have promised, and the report that a support
-- person owes. Days, hours and the kind; nothing that names a case, a place or a person.
create function calendar_of(who uuid) returns table (id uuid, kind text, on_date date, starts_at time, changed_at timestamptz)
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
$$;

-- Whose calendar is behind this link; that it is read is noted once an hour. Nothing is told of a link that there is not, or of an account that is shut.
create function door_calendar(token bytea) returns table (id uuid, kind text, on_date date, starts_at time, changed_at timestamptz, locale text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid; spoken text;
begin
  select f.person_id, p.locale into who, spoken from calendar_feed f join person p on p.id = f.person_id where f.token_hash = token and p.status = 'active';
  if who is null then return; end if;
  update calendar_feed f set read_at = now() where f.person_id = who and (f.read_at is null or f.read_at < now() - interval '1 hour');
  -- The first row says that there is such a calendar, be it empty.
  return query select null::uuid, null::text, null::date, null::time, null::timestamptz, spoken
    union all select c.id, c.kind, c.on_date, c.starts_at, c.changed_at, spoken from calendar_of(who) c;
end $$;
