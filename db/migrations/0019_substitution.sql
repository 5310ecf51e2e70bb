-- Who stands in for whom, until when, and what was promised to whom? Rights that are lent for a term, in person, and end by themselves.
set local role tugivork_owner;

create table substitution (
  id uuid primary key default gen_random_uuid(),
  giver_id uuid not null references person, taker_id uuid not null references person,
  role text not null check (role in ('coordinator', 'manager')),
  valid_from date not null, valid_to date not null,
  created_by uuid not null references person, created_at timestamptz not null default now(),
  confirmed_by uuid references person, confirmed_at timestamptz,
  ended_by uuid references person, ended_at timestamptz,
  check (giver_id <> taker_id), check (valid_to between valid_from and valid_from + 29),
  -- The giver's own word is enough. Whoever falls ill cannot give it: then the taker asks, and a third person confirms.
  check (created_by in (giver_id, taker_id)),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check (confirmed_by is null or (created_by = taker_id and confirmed_by not in (giver_id, taker_id)))
);
create index on substitution (giver_id);
create index on substitution (taker_id);
select classify('substitution', 'C1', 'id giver_id taker_id role valid_from valid_to created_by created_at confirmed_by confirmed_at ended_by ended_at');

-- What the giver has promised somebody for the time away, a line each, and what became of it.
create table substitution_promise (
  id uuid primary key default gen_random_uuid(),
  substitution_id uuid not null references substitution,
  due_on date, text_sealed bytea not null, added_by uuid not null references person, added_at timestamptz not null default now(),
  done_at timestamptz, done_by uuid references person, answer_sealed bytea,
  check ((done_at is null) = (done_by is null)), check (answer_sealed is null or done_at is not null)
);
create index on substitution_promise (substitution_id);
select classify('substitution_promise', 'C1', 'id substitution_id due_on added_by added_at done_at done_by');
select classify('substitution_promise', 'C3', 'text_sealed answer_sealed');

-- In whose name this session works; its own person's where this is empty or the term is over.
alter table session add substitution_id uuid references substitution;
select classify('session', 'C1', 'substitution_id');

create index on audit_event (on_behalf_of, at) where on_behalf_of is not null;

-- Does this person hold the role themselves on that day? What is held by standing in does not count, so it cannot be passed on.
create function holds_in_person(who uuid, the_role text, day date) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from person_role r join person p on p.id = r.person_id
    where r.person_id = who and r.role = the_role and day between r.valid_from and r.valid_to and p.status = 'active')
$$;

-- Is this substitution in force at that instant? Days are those of Tallinn. One that is ended in this very transaction still says who ended it.
create function substitution_holds(u substitution, at timestamptz default now()) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (u.created_by = u.giver_id or u.confirmed_at is not null) and (u.ended_at is null or u.ended_at = now())
    and day between u.valid_from and u.valid_to
    and holds_in_person(u.giver_id, u.role, day)
    and holds_in_person(u.taker_id, case u.role when 'coordinator' then 'manager' else 'coordinator' end, day)
  from (select (at at time zone 'Europe/Tallinn')::date as day) on_day
$$;

-- The substitution in which this session works at this moment, or none.
create function auth_substitution() returns setof substitution language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.* from session s join substitution u on u.id = s.substitution_id and u.taker_id = s.person_id
  where s.id = auth_session() and substitution_holds(u)
$$;

-- Whose work is being done, where it is not one's own.
create function auth_behalf() returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select giver_id from auth_substitution()
$$;

-- Some things are done by nobody but oneself: what is approved, who is let in, which rules hold.
create function auth_in_person() returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select auth_person() is not null and not exists (select from auth_substitution())
$$;

-- Whose desk this is: the giver's while one stands in, otherwise one's own.
create function auth_desk() returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(auth_behalf(), auth_person())
$$;

-- What a stand-in read in belongs to the desk at which it was read in.
alter table import_batch add made_for uuid references person default auth_behalf();
select classify('import_batch', 'C1', 'made_for');

-- One capacity at a time: who stands in has exactly the role that was lent, and nothing of their own. None counts while an administrator owes keys.
create or replace function auth_roles() returns text[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when 'admin' = any (held) and auth_owes() is not null then '{}'
    else coalesce((select array[role] from auth_substitution()), held) end from (select auth_held_roles() as held) roles
$$;

create or replace function auth_networks() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when not auth_in_person() or (bool_or(role = 'admin') and auth_owes() is not null) then '{}'
    else coalesce(array_agg(distinct network_id) filter (where role in ('lead', 'member')), '{}') end
  from person_role where person_id = auth_person() and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to
$$;

drop function auth_whoami();
-- `stands_in` is false where the session sits at a desk whose term is over.
create function auth_whoami() returns table (
  person_id uuid, session_id uuid, name text, locale text, roles text[], networks uuid[], factors int, proved_at timestamptz, method text,
  drafts text[], stale boolean, owes text, substitution_id uuid, giver_id uuid, giver_name text, stand_in_until date, stands_in boolean
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, s.id, p.name, p.locale, case when w.stands then array[u.role] else h.held end, auth_networks(), s.factors, s.proved_at, s.method,
    array(select form from draft d where d.person_id = p.id and d.updated_at > now() - interval '30 days'),
    s.seen_at < now() - interval '30 seconds', case when 'admin' = any (h.held) then auth_owes() end,
    u.id, u.giver_id, g.name, u.valid_to, w.stands
  from session s join person p on p.id = s.person_id
    left join substitution u on u.id = s.substitution_id left join person g on g.id = u.giver_id
    cross join lateral (select u.id is not null and substitution_holds(u) as stands) w
    cross join lateral (select auth_held_roles() as held) h
  where s.id = auth_session()
$$;

-- A wall before either of the two is a wall at this desk: never wider than the giver's, and never wider than one's own.
create or replace function auth_walled() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct case_id), '{}') from wall
  where person_id in (auth_person(), (select giver_id from auth_substitution())) and lifted_at is null and set_at < now()
$$;

-- To erase, and to agree that something is erased, is done by nobody in somebody's place.
create function only_in_person() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if auth_person() is not null and not auth_in_person() then raise exception 'only in person' using errcode = '42501'; end if;
  return new;
end $$;
create trigger only_in_person before insert or update on erasure for each row execute function only_in_person();

-- Begins to stand in, or goes back to one's own desk (null). As the role changes, so does the session: the old cookie is dead at once.
create function auth_stand_in(the_substitution uuid, new_claim bytea) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session;
begin
  select * into mine from session where id = auth_session() and ended_at is null;
  if mine.id is null or mine.method = 'service' or (the_substitution is not null and (not auth_fresh() or auth_owes() is not null)) then
    raise exception 'not for this session' using errcode = '42501';
  end if;
  if the_substitution is not null and not exists (
    select from substitution u where u.id = the_substitution and u.taker_id = mine.person_id and u.ended_at is null and substitution_holds(u)) then
    raise exception 'nobody has asked you' using errcode = 'P0002';
  end if;
  update session set ended_at = now(), ended_why = 'replaced' where id = mine.id;
  mine.id := gen_random_uuid();
  mine.claim_hash := new_claim;
  mine.substitution_id := the_substitution;
  insert into session select mine.*;
  return mine.id;
end $$;

-- A term begins today or later, both hold their role for all of it, the giver lends it to one person at a time, and never for more than
-- thirty days ahead: whoever is away for longer decides again. Whoever is away then cannot stand in.
create function substitution_guard() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today date := (now() at time zone 'Europe/Tallinn')::date;
  other text := case new.role when 'coordinator' then 'manager' else 'coordinator' end;
begin
  perform pg_advisory_xact_lock(4714);
  if new.valid_from < today then raise exception 'in the past' using errcode = '23514'; end if;
  if not (select coalesce(range_agg(daterange(valid_from, valid_to, '[]')) @> daterange(new.valid_from, new.valid_to, '[]'), false)
      from person_role where person_id = new.giver_id and role = new.role and valid_from <= valid_to)
    or not (select coalesce(range_agg(daterange(valid_from, valid_to, '[]')) @> daterange(new.valid_from, new.valid_to, '[]'), false)
      from person_role where person_id = new.taker_id and role = other and valid_from <= valid_to)
    or exists (select from person where id in (new.giver_id, new.taker_id) and status <> 'active') then
    raise exception 'the role is not held for all of the term' using errcode = '23514';
  end if;
  if exists (select from substitution u where u.ended_at is null and daterange(u.valid_from, u.valid_to, '[]') && daterange(new.valid_from, new.valid_to, '[]')
    and ((u.giver_id = new.giver_id and u.role = new.role) or u.giver_id = new.taker_id or u.taker_id = new.giver_id)) then
    raise exception 'somebody stands in already' using errcode = '23505';
  end if;
  if new.valid_to - new.valid_from + 1 + coalesce((select sum(u.valid_to - greatest(u.valid_from, today) + 1) from substitution u
      where u.giver_id = new.giver_id and u.role = new.role and u.ended_at is null and u.valid_to >= today), 0) > 30 then
    raise exception 'more than thirty days ahead' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger substitution_guard before insert on substitution for each row execute function substitution_guard();
create trigger own_name before insert or update on substitution for each row execute function own_name('created_by', 'confirmed_by', 'ended_by');
create trigger set_once before update on substitution for each row execute function set_once('confirmed_by', 'confirmed_at', 'ended_by', 'ended_at');
create trigger own_name before insert or update on substitution_promise for each row execute function own_name('added_by', 'done_by');
create trigger set_once before update on substitution_promise for each row execute function set_once('done_at', 'done_by', 'answer_sealed');

-- Who leaves, or loses the role, neither lends nor stands in any more, also if they come back before the term is over.
create function substitution_end_with() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  who uuid := case tg_table_name when 'person' then (to_jsonb(new) ->> 'id')::uuid else (to_jsonb(new) ->> 'person_id')::uuid end;
  today date := (now() at time zone 'Europe/Tallinn')::date;
begin
  update substitution u set ended_at = now(), ended_by = auth_person()
  where u.ended_at is null and u.valid_to >= today and who in (u.giver_id, u.taker_id)
    and not (holds_in_person(u.giver_id, u.role, greatest(today, u.valid_from))
      and holds_in_person(u.taker_id, case u.role when 'coordinator' then 'manager' else 'coordinator' end, greatest(today, u.valid_from)));
  return new;
end $$;
create trigger substitution_end_with after update of status on person for each row execute function substitution_end_with();
create trigger substitution_end_with after update of valid_to on person_role for each row execute function substitution_end_with();

-- Both names stand in the log.
create or replace function audit_append(
  action text, object_kind text, object_id text, case_id uuid, network_id uuid, result text, fields text[], hits int, reason_sealed bytea
) returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare last audit_event; made audit_event;
begin
  perform pg_advisory_xact_lock(4711);
  select * into last from audit_event order by seq desc limit 1;
  made.seq := coalesce(last.seq, 0) + 1;
  made.at := clock_timestamp();
  made.session_id := auth_session();
  made.actor := auth_person();
  made.on_behalf_of := auth_behalf();
  -- Before anybody is known there is nothing to tell but attempts at the door.
  if made.actor is null and action not like 'access.%' and session_user in ('tugivork_read', 'tugivork_write') then
    raise exception 'nobody is asking' using errcode = '42501';
  end if;
  made.action := action; made.object_kind := object_kind; made.object_id := object_id;
  made.case_id := case_id; made.network_id := network_id; made.result := result;
  made.fields := coalesce(fields, '{}'); made.hits := hits; made.reason_sealed := reason_sealed;
  made.prev := coalesce(last.hash, '\x00'::bytea);
  made.hash := audit_hash(made);
  insert into audit_event select made.*;
  return made.seq;
end $$;
