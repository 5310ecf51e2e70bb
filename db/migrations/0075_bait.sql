-- Which cases does nobody stand behind, so that whoever opens one is found at once, and what stands still until somebody has looked into it?
set local role tugivork_owner;

-- Read by nobody but the functions below. `rang_at`: it was opened, so somebody knows it by now; `retired_at`: it stays as it is and raises nothing any more.
create table bait_case (
  network_id uuid not null, case_id uuid primary key, made_at timestamptz not null default now(), rang_at timestamptz, retired_at timestamptz,
  foreign key (network_id, case_id) references case_file (network_id, id) on update cascade
);
create index on bait_case (network_id);
select classify('bait_case', 'C1', 'network_id case_id made_at rang_at retired_at');

-- Numbers that no case was given, so that one with a day of long ago has a place between its neighbours.
create table case_number_left (number text primary key check (number ~ '^M-[0-9]{4}-[0-9]{3,}$'));
select classify('case_number_left', 'C1', 'number');

-- As before, past the numbers that were left out.
create or replace function next_case_number(year int) returns text language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select 'M-' || year || '-' || to_char(coalesce(max(substring(number from 8)::int), 0) + 1, 'FM99999000')
  from (select pg_advisory_xact_lock(4712)) l, lateral (select number from case_file where number like 'M-' || year || '-%'
    union all select number from case_number_left where number like 'M-' || year || '-%') n
  -- To anybody else the number would tell how many cases there are.
  where has_role('lead', 'member') or session_user not in ('tugivork_read', 'tugivork_write')
$$;

-- A finding may hold up exports and searches, until it is judged or these hours are over.
alter table watch_finding drop constraint watch_finding_rule_check;
alter table watch_finding add constraint watch_finding_rule_check
  check (rule in ('surname', 'untied', 'volume', 'hours', 'denied', 'codes', 'reveal', 'sample', 'glass', 'bait'));
alter table watch_finding add column stops_until timestamptz check (stops_until is null or (rule = 'bait' and stops_until > found_at));
create index on watch_finding (stops_until) where stops_until is not null and judgement is null;
select classify('watch_finding', 'C1', 'stops_until');

-- Do exports and searches stand still for me: in my network, or wherever I am, because it was me?
create function auth_stopped() returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return exists (select from watch_finding f where f.stops_until > now() and f.judgement is null
    and (f.person_id = auth_person() or f.network_id = any (auth_networks())));
end $$;

-- As before; and whether all of this stands still, however often it was done.
drop function auth_turns(text, text[], text, text, int);
create function auth_turns(kind text, actions text[], span text, setting_name text, otherwise int, out remaining int, out seconds int, out stopped boolean)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); begun timestamptz := date_trunc(span, now(), 'Europe/Tallinn');
begin
  perform pg_advisory_xact_lock(hashtextextended(me::text || '/' || kind, 4716));
  remaining := setting_now(setting_name, otherwise) - (select count(*) from audit_event e
    where e.actor = me and e.at >= begun and e.action = any (actions) and e.result = 'done');
  seconds := ceil(extract(epoch from date_trunc(span, now() + ('1 ' || span)::interval, 'Europe/Tallinn') - now()));
  stopped := kind in ('export', 'search') and auth_stopped();
end $$;

-- Nothing of a case is shown without its event, so the event is what rings: in the same transaction, whatever was opened and by which way. The first
-- time it also holds up exports and searches; a bait does so once, so that nobody can go on with it. Who asks for an erasure has not looked.
create function bait_rings() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare bait bait_case; about text := 'bait/' || new.actor || '/' || new.case_id; today date := (now() at time zone 'Europe/Tallinn')::date;
begin
  select * into bait from bait_case where case_id = new.case_id and retired_at is null;
  if not found or exists (select from person_role r where r.person_id = new.actor and r.role = 'system') then return null; end if;
  about := about || '/' || (select count(*) from watch_finding f where f.key like about || '/%' and f.judgement is not null);
  insert into watch_finding as w (rule, person_id, network_id, case_id, key, count, first_seq, last_seq, from_at, to_at, stops_until)
  values ('bait', new.actor, bait.network_id, bait.case_id, about, 1, new.seq, new.seq, new.at, new.at,
    case when bait.rang_at is null then now() + make_interval(hours => setting_now('watchBaitStopHours', 24)) end)
  on conflict (key) do update set count = w.count + 1, last_seq = excluded.last_seq, to_at = excluded.to_at;
  update bait_case set rang_at = now() where case_id = bait.case_id and rang_at is null;
  -- Whoever judges hears of it: the other auditors, or the administrators where there is none.
  with others as (select r.role, r.person_id from person_role r join person p on p.id = r.person_id
      where r.role in ('auditor', 'admin') and p.status = 'active' and p.id <> new.actor and today between r.valid_from and r.valid_to
        and not exists (select from wall w where w.person_id = p.id and w.case_id = new.case_id and w.lifted_at is null))
  insert into mail_outbox (person_id, kind, unique_key) select distinct o.person_id, 'new-task', about || '/' || o.person_id from others o
  where o.role = 'auditor' or not exists (select from others a where a.role = 'auditor') on conflict do nothing;
  return null;
end $$;
create trigger bait_rings after insert on audit_event for each row
  when (new.case_id is not null and new.actor is not null and new.result = 'done' and new.action !~ '^erasure[.]') execute function bait_rings();

-- Numbers of earlier years that no case bears, with the days between the cases on both sides of each; `known`: of a year in which there are cases.
create function bait_places(by_day date) returns table (number text, from_on date, to_on date, known boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with taken as materialized (select substring(c.number from 3 for 4)::int as year, substring(c.number from 8)::int as nth, c.referred_on from case_file c),
    years as (select y as year, max(t.nth) as top from generate_series(extract(year from by_day)::int - 3, extract(year from by_day)::int) y
      left join taken t on t.year = y group by y)
  select 'M-' || y.year || '-' || to_char(n, 'FM99999000'), d.from_on, d.to_on, y.top is not null
  from years y cross join generate_series(1, coalesce(y.top + 1, 30)) n cross join lateral (
    select greatest(make_date(y.year, 1, 4), max(t.referred_on) filter (where t.nth < n)) as from_on,
      least(make_date(y.year, 12, 20), by_day, min(t.referred_on) filter (where t.nth > n)) as to_on
    from taken t where t.year = y.year) d
  where d.from_on <= d.to_on and not exists (select from taken t where t.year = y.year and t.nth = n)
$$;

-- Goes through the baits: those that have grown old go, now and then a number is left out, and each network that wants one is told, once for each.
-- Nothing new comes where one has rung and nobody has judged it: somebody may be trying them out.
create function bait_round() returns setof uuid language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare year int := extract(year from now() at time zone 'Europe/Tallinn');
begin
  if not coalesce(has_role('system'), false) then raise exception 'not for you' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(4712);
  perform bait_retire(b.case_id) from bait_case b where b.retired_at is null and b.rang_at is null
    and b.made_at < now() - make_interval(years => setting_now('watchBaitYears', 4));
  insert into case_number_left (number)
  select 'M-' || year || '-' || to_char(given.top + 1, 'FM99999000')
  from (select max(substring(number from 8)::int) as top from case_file where number like 'M-' || year || '-%') given,
    (select coalesce(max(substring(number from 8)::int), 0) as top from case_number_left where number like 'M-' || year || '-%') left_out
  where given.top >= left_out.top + 12;
  return query select n.id from network n cross join lateral generate_series(1, setting_now('watchBaits', 2) - (select count(*)::int from bait_case b
      join sealed_key k on k.owner_id = b.case_id and k.wrapped is not null where b.network_id = n.id and b.retired_at is null and b.rang_at is null))
    where n.status = 'active' and not exists (select from watch_finding f where f.rule = 'bait' and f.network_id = n.id and f.judgement is null);
end $$;

-- A case of the old workbook that was closed long ago because it stood there by mistake: nobody has to do anything in it, nobody is named, and no
-- figure counts it, as it counts no other such case. What is sealed comes sealed.
create function bait_make(the_network uuid, the_case uuid, closing uuid, said bytea, master text, key bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare flagged int := setting_now('flagMonths', 12); today date := (now() at time zone 'Europe/Tallinn')::date;
  place record; alike record; asked instrument; keeper uuid; closer uuid; came date; made timestamptz; ended timestamptz; yes int := 5 + floor(random() * 12)::int;
begin
  if not coalesce(has_role('system'), false) then raise exception 'not for you' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(4712);
  select * into place from bait_places((today - make_interval(months => flagged + 8))::date) p order by p.known desc, random() limit 1;
  select c.county_code, c.language into alike from (select county_code, language, 0 as rank from case_file where network_id = the_network
    union all select county_code, 'et', 1 from network_area where network_id = the_network) c order by c.rank, random() limit 1;
  select * into asked from instrument i where i.valid_from <= today order by i.valid_from desc, i.version desc limit 1;
  select r.person_id into keeper from person_role r where r.role = 'coordinator' order by r.valid_from, r.person_id limit 1;
  select r.person_id into closer from person_role r where r.role = 'lead' and r.network_id = the_network and r.valid_to < today order by r.valid_to desc limit 1;
  if place is null or alike is null or asked is null or keeper is null then return false; end if;
  came := place.from_on + floor(random() * (place.to_on - place.from_on + 1))::int;
  made := (came + time '08:30' + random() * interval '8 hours') at time zone 'Europe/Tallinn';
  ended := made + make_interval(days => 20 + floor(random() * 90)::int, mins => floor(random() * 60)::int);
  insert into case_file (network_id, id, number, county_code, language, source, referred_on, legal_basis, created_at, created_by)
  values (the_network, the_case, place.number, alike.county_code, alike.language, 'unknown', came, 'imported', made, keeper);
  insert into sealed_key (kind, owner_id, network_id, master_id, wrapped, created_at) values ('case', the_case, the_network, master, key, made);
  insert into assessment (network_id, case_id, instrument_id, made_on, assessor_id, prepared_by, with_victim, yes_count, by_count, by_judgement,
    by_escalation, by_critical, level, state, recorded_at)
  values (the_network, the_case, asked.id, came, keeper, keeper, false, yes, yes >= asked.high_from, false, false, false,
    case when yes >= asked.high_from then 'high' when yes >= asked.medium_from then 'medium' else 'standard' end, 'imported', made);
  insert into case_closing (network_id, case_id, id, reason, outcome, words_sealed, closed_on, closed_by, closed_at)
  values (the_network, the_case, closing, 'mistake', 'unknown', said, (ended at time zone 'Europe/Tallinn')::date, coalesce(closer, keeper), ended);
  insert into marac_flag_lift (network_id, case_id, lifted_by, lifted_at)
  values (the_network, the_case, coalesce(closer, keeper), ended + make_interval(months => flagged, days => 1 + floor(random() * 20)::int));
  insert into bait_case (network_id, case_id) values (the_network, the_case);
  return true;
end $$;

-- One that nobody has opened goes wholly; whatever has been said of it keeps it there, and it raises nothing any more.
create function bait_retire(the_case uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not coalesce(has_role('auditor', 'system'), false) then raise exception 'not for you' using errcode = '42501'; end if;
  perform 1 from bait_case where case_id = the_case and retired_at is null and not case_id = any ((select auth_walled())::uuid[]) for update;
  if not found then return false; end if;
  begin
    delete from bait_case where case_id = the_case;
    delete from marac_flag_lift where case_id = the_case;
    delete from case_closing where case_id = the_case;
    delete from assessment where case_id = the_case;
    delete from case_basis where case_id = the_case;
    delete from case_known where case_id = the_case;
    delete from case_file where id = the_case;
    delete from sealed_key where owner_id = the_case;
  exception when foreign_key_violation then
    update bait_case set retired_at = now() where case_id = the_case;
  end;
  return true;
end $$;

-- The baits there are, for the auditors alone.
create function bait_list() returns table (case_id uuid, number text, network text, made_at timestamptz, rang_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select b.case_id, c.number, n.name, b.made_at, b.rang_at from bait_case b join case_file c on c.id = b.case_id join network n on n.id = b.network_id
  where has_role('auditor') and b.retired_at is null and not b.case_id = any ((select auth_walled())::uuid[]) order by n.name, c.number
$$;

-- The day on which the first case was brought in, for the process alone: a case that nobody stands behind begins nothing.
create or replace function reach_begins() returns date language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (min(c.created_at) at time zone 'Europe/Tallinn')::date from case_file c
  where has_role('system') and not exists (select from bait_case b where b.case_id = c.id)
$$;
