-- Who looked at more than their work asks, and what does whoever answers for the log say to it?
set local role tugivork_owner;

-- How the family name of somebody in a case sounds, closed with the key of the process and with the case: equal names of two cases are not equal
-- bytes, so nobody can join cases by it. It is compared with the names of those who look, and goes with the key of the case.
create table case_surname (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), person_row uuid not null, name_index bytea,
  primary key (network_id, case_id, id),
  foreign key (network_id, case_id, person_row) references case_person (network_id, case_id, id) on update cascade
);
create index on case_surname (case_id);
select classify('case_surname', 'C1', 'network_id case_id id person_row');
select classify('case_surname', 'C2', 'name_index');
create function surname_goes() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update case_surname set name_index = null where case_id = new.owner_id and name_index is not null;
  return new;
end $$;
create trigger surname_goes after update of wrapped on sealed_key for each row when (new.wrapped is null and new.kind = 'case') execute function surname_goes();

-- What a rule has found about somebody, for the auditors: never about themselves, and for nobody else. `key` says what it is about, so that the
-- same thing is found once; `count` grows until it is judged. Events of the log are named by their numbers.
create table watch_finding (
  id uuid primary key default gen_random_uuid(),
  rule text not null check (rule in ('surname', 'untied', 'volume', 'hours', 'denied', 'codes', 'reveal', 'sample', 'glass')),
  person_id uuid not null references person, network_id uuid, case_id uuid, key text not null unique,
  count int not null check (count > 0), usual int, first_seq bigint not null, last_seq bigint not null check (last_seq >= first_seq),
  from_at timestamptz not null, to_at timestamptz not null, found_at timestamptz not null default now(),
  judgement text check (judgement in ('explained', 'incident')), judged_by uuid references person, judged_at timestamptz, words_sealed bytea,
  foreign key (network_id, case_id) references case_file (network_id, id) on update cascade,
  check ((network_id is null) = (case_id is null)), check (judged_by <> person_id),
  check ((judgement is null) = (judged_by is null) and (judgement is null) = (judged_at is null) and (judgement is null) = (words_sealed is null))
);
create index on watch_finding (person_id);
create index on watch_finding (case_id);
create index on watch_finding (found_at) where judgement is null;
select classify('watch_finding', 'C1', 'id rule person_id network_id case_id key count usual first_seq last_seq from_at to_at found_at judgement judged_by judged_at');
select classify('watch_finding', 'C3', 'words_sealed');
create trigger own_name before update on watch_finding for each row execute function own_name('judged_by');
create trigger set_once before update on watch_finding for each row execute function set_once('judgement', 'judged_by', 'judged_at', 'words_sealed');

-- When the rules were last gone through, and up to which event looks have been drawn by lot.
create table watch_round (id uuid primary key default gen_random_uuid(), at timestamptz not null default now(), until_seq bigint not null, found int not null);
select classify('watch_round', 'C1', 'id at until_seq found');

-- Is nobody but this person an auditor today? Then the administrator judges what was found about them.
create function watch_alone(who uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select not exists (select from person_role r join person p on p.id = r.person_id where r.role = 'auditor' and p.status = 'active' and p.id <> who
    and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to)
$$;

-- Has this person to do with the case: as its lead, by something they did in it before, an action, an assessment, a support, a meeting that hears it
-- about then, or – for who finds volunteers – a need, a question, a worry or a transfer that waits. `works`: what is done, and not looked at.
create function watch_tied(who uuid, the_case uuid, works text[], before_seq bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with today as (select (now() at time zone 'Europe/Tallinn')::date as day)
  select exists (select from case_file c where c.id = the_case and c.created_by = who)
    or exists (select from case_file c join person_role r on r.network_id = c.network_id and r.role = 'lead' and r.person_id = who, today
      where c.id = the_case and today.day between r.valid_from and r.valid_to + 1)
    or exists (select from audit_event e where e.case_id = the_case and e.actor = who and e.seq < before_seq and e.result = 'done' and e.action = any (works))
    or exists (select from case_action a where a.case_id = the_case and who in (a.owner_id, a.recorded_by))
    or exists (select from assessment a where a.case_id = the_case and who in (a.assessor_id, a.prepared_by))
    or exists (select from assignment a join volunteer v on v.id = a.volunteer_id where a.case_id = the_case and who in (v.person_id, v.supervisor_id, a.supervisor_id))
    or exists (select from agenda_item i join meeting m on m.id = i.meeting_id join person_role r on r.network_id = m.network_id and r.person_id = who, today
      where i.case_id = the_case and i.removed_at is null and m.phase <> 'cancelled' and m.on_date between today.day - 14 and today.day + 30
        and today.day between r.valid_from and r.valid_to + 1)
    or exists (select from break_glass g where g.case_id = the_case and g.person_id = who and g.opened_at is not null)
    or exists (select from person_role r, today where r.person_id = who and r.role = 'coordinator' and today.day between r.valid_from and r.valid_to + 1
      and (exists (select from need n where n.case_id = the_case and n.status = 'open')
        or exists (select from assignment a where a.case_id = the_case and a.status in ('proposed', 'active'))
        or exists (select from concern w where w.case_id = the_case and w.closed_at is null)
        or exists (select from case_transfer t where t.case_id = the_case and t.state = 'open')
        or exists (select from case_task k where k.case_id = the_case and k.done_at is null and k.due_on < today.day)))
$$;

-- Who looked at which case yesterday and today, with the name by which they are known, for the process alone: it compares names.
create function watch_pairs(looks text[]) returns table (person_id uuid, name text, case_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct e.actor, p.name, e.case_id from audit_event e join person p on p.id = e.actor
  where has_role('system') and e.at >= ((now() at time zone 'Europe/Tallinn')::date - 1)::timestamp at time zone 'Europe/Tallinn'
    and e.case_id is not null and e.action = any (looks) and e.result = 'done'
    and exists (select from case_surname s where s.case_id = e.case_id and s.name_index is not null)
    and not exists (select from watch_finding f where f.key = 'surname/' || e.actor || '/' || e.case_id)
$$;

-- Goes through the rules over yesterday and today, and answers what was not known before. What somebody did in another's place or on another's duty
-- is that work; what a finding was judged about is not found again, but what came afterwards is.
create function watch_look(looks text[], reveals text[], works text[], codes text[], names jsonb)
returns table (id uuid, person_id uuid, case_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare since bigint; upto bigint; made int; started timestamptz := clock_timestamp();
  first_day timestamptz := ((now() at time zone 'Europe/Tallinn')::date - 1)::timestamp at time zone 'Europe/Tallinn';
begin
  if not coalesce(has_role('system'), false) then raise exception 'not for you' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(4718);
  select coalesce((select max(r.until_seq) from watch_round r), (select max(e.seq) from audit_event e where e.at < first_day), 0) into since;
  select coalesce(max(e.seq), 0) into upto from audit_event e;
  return query
  with fresh as (select e.*, (e.at at time zone 'Europe/Tallinn')::date as day from audit_event e
      where e.at >= first_day and e.actor is not null and e.on_behalf_of is null
        and not exists (select from person_role r where r.person_id = e.actor and r.role = 'system')),
    seen as (select f.* from fresh f where f.case_id is not null and f.result = 'done' and f.action = any (looks)),
    -- Of what was judged already only what came afterwards counts.
    judged as (select f.rule, f.person_id, max(f.last_seq) as seq from watch_finding f where f.judgement is not null group by 1, 2),
    usual as (select d.actor, percentile_disc(0.99) within group (order by d.cases)::int as cases from (
        select e.actor, count(distinct e.case_id)::int as cases from audit_event e
        where e.at >= first_day - interval '90 days' and e.at < first_day and e.case_id is not null and e.result = 'done' and e.action = any (looks)
          and e.actor in (select s.actor from seen s)
        group by e.actor, (e.at at time zone 'Europe/Tallinn')::date) d group by d.actor),
    -- Asked once for each who looked at each case; whoever did something in it by then had something to do with it.
    ties as materialized (select p.actor, p.case_id, watch_tied(p.actor, p.case_id, works, p.z) as tied
      from (select s.actor, s.case_id, max(s.seq) as z from seen s group by 1, 2) p),
    untied as (select s.* from seen s join ties t on t.actor = s.actor and t.case_id = s.case_id where not t.tied),
    found as (
      select 'volume' as rule, s.actor, s.day, count(distinct s.case_id)::int as many, max(u.cases) as usual, min(s.seq) as a, max(s.seq) as z, min(s.at) as a_at, max(s.at) as z_at
      from seen s left join usual u on u.actor = s.actor left join judged j on j.rule = 'volume' and j.person_id = s.actor where s.seq > coalesce(j.seq, 0)
      group by s.actor, s.day having count(distinct s.case_id) > greatest(setting_now('watchVolumeFloor', 20), coalesce(max(u.cases), 0))
      union all
      select 'untied', s.actor, s.day, count(distinct s.case_id)::int, null, min(s.seq), max(s.seq), min(s.at), max(s.at)
      from untied s left join judged j on j.rule = 'untied' and j.person_id = s.actor where s.seq > coalesce(j.seq, 0)
      group by s.actor, s.day having count(distinct s.case_id) >= setting_now('watchUntiedCases', 3)
      union all
      select 'hours', s.actor, s.day, count(*)::int, null, min(s.seq), max(s.seq), min(s.at), max(s.at)
      from seen s left join judged j on j.rule = 'hours' and j.person_id = s.actor where s.seq > coalesce(j.seq, 0)
        and (extract(hour from s.at at time zone 'Europe/Tallinn') >= setting_now('watchNightFrom', 22)
          or extract(hour from s.at at time zone 'Europe/Tallinn') < setting_now('watchNightTo', 6))
      group by s.actor, s.day having count(*) >= setting_now('watchNightLooks', 5)
      union all
      select 'denied', s.actor, s.day, count(*)::int, null, min(s.seq), max(s.seq), min(s.at), max(s.at)
      from fresh s left join judged j on j.rule = 'denied' and j.person_id = s.actor where s.seq > coalesce(j.seq, 0) and s.result in ('denied', 'refused')
      group by s.actor, s.day having count(*) >= setting_now('watchDenials', 5)
      union all
      -- A code was typed, or a case begun under one two hours ago or more, and no case came of it.
      select 'codes', s.actor, s.day, (count(*) filter (where s.action <> 'case.refer'))::int - (count(*) filter (where s.action = 'case.refer'))::int, null,
        min(s.seq), max(s.seq), min(s.at), max(s.at)
      from fresh s left join judged j on j.rule = 'codes' and j.person_id = s.actor where s.seq > coalesce(j.seq, 0) and s.result = 'done'
        and (s.action = 'case.refer' or (s.action = any (codes) and (s.action <> 'case.refer.start' or s.at < now() - interval '2 hours')))
      group by s.actor, s.day
      having (count(*) filter (where s.action <> 'case.refer')) - (count(*) filter (where s.action = 'case.refer')) >= setting_now('watchCodes', 5)),
    looked as (select s.*, t.tied from seen s join ties t on t.actor = s.actor and t.case_id = s.case_id
      where s.seq > since and s.seq <= upto and s.action = any (reveals)),
    named as (select n.person_id, n.case_id, count(distinct s.seq)::int as many, min(s.seq) as a, max(s.seq) as z, min(s.at) as a_at, max(s.at) as z_at
      from jsonb_to_recordset(names) n (person_id uuid, case_id uuid, index text) join seen s on s.actor = n.person_id and s.case_id = n.case_id
      where exists (select from case_surname k where k.case_id = n.case_id and k.name_index = decode(n.index, 'hex')) group by 1, 2),
    every as (
      select f.rule, f.actor as person, null::uuid as the_case, f.rule || '/' || f.actor || '/' || f.day || '/' ||
          coalesce((select j.seq from judged j where j.rule = f.rule and j.person_id = f.actor and j.seq >= (select min(x.seq) from fresh x where x.actor = f.actor and x.day = f.day)), 0) as key,
        f.many, f.usual, f.a, f.z, f.a_at, f.z_at from found f
      union all select 'surname', n.person_id, n.case_id, 'surname/' || n.person_id || '/' || n.case_id, n.many, null, n.a, n.z, n.a_at, n.z_at from named n
      union all select case when l.tied then 'sample' else 'reveal' end, l.actor, l.case_id, 'look/' || l.seq, 1, null, l.seq, l.seq, l.at, l.at from looked l
        where not l.tied or random() * 100 < setting_now('watchSamplePercent', 5)
      union all select 'glass', g.person_id, g.case_id, 'glass/' || g.id, greatest(count(s.seq), 1)::int, null, coalesce(min(s.seq), upto), coalesce(max(s.seq), upto),
          g.opened_at, coalesce(max(s.at), g.opened_at)
        from break_glass g left join audit_event s on s.actor = g.person_id and s.case_id = g.case_id and s.at >= g.opened_at
        where g.opened_at >= first_day and not exists (select from watch_finding f where f.key = 'glass/' || g.id) group by g.id)
  insert into watch_finding as w (rule, person_id, network_id, case_id, key, count, usual, first_seq, last_seq, from_at, to_at, found_at)
  select e.rule, e.person, c.network_id, c.id, e.key, e.many, e.usual, e.a, e.z, e.a_at, e.z_at, started from every e left join case_file c on c.id = e.the_case
  where e.many > 0
  on conflict (key) do update set count = excluded.count, last_seq = excluded.last_seq, to_at = excluded.to_at
    where w.judgement is null and excluded.last_seq > w.last_seq
  returning w.id, w.person_id, w.case_id;
  select count(*) into made from watch_finding f where f.found_at = started;
  insert into watch_round (until_seq, found) values (upto, made);
end $$;
