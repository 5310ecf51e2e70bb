-- What does a day say in somebody's calendar? One word for all of them, unless its owner wants to read of what kind each is.
set local role tugivork_owner;

alter table calendar_feed add column says_kind boolean not null default false;
select classify('calendar_feed', 'C1', 'says_kind');

-- As before; the kind leaves only where it was asked for.
create or replace function door_calendar(token bytea) returns table (id uuid, kind text, on_date date, starts_at time, changed_at timestamptz, locale text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid; spoken text; by_kind boolean;
begin
  select f.person_id, p.locale, f.says_kind into who, spoken, by_kind from calendar_feed f join person p on p.id = f.person_id
    where f.token_hash = token and p.status = 'active';
  if who is null then return; end if;
  update calendar_feed f set read_at = now() where f.person_id = who and (f.read_at is null or f.read_at < now() - interval '1 hour');
  -- The first row says that there is such a calendar, be it empty.
  return query select null::uuid, null::text, null::date, null::time, null::timestamptz, spoken
    union all select c.id, case when by_kind then c.kind else 'any' end, c.on_date, c.starts_at, c.changed_at, spoken from calendar_of(who) c;
end $$;
