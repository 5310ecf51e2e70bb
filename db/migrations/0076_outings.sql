-- When should a support person be back from meeting somebody, who is told when no sign comes, and how did a drill of it go?
set local role tugivork_owner;

-- Until when a contact lasts that somebody plans, in minutes of its first day: it is judged to its end.
alter table contact_plan add until_minute int, add constraint contact_plan_until check (until_minute is null
  or (at_minute is not null and until_minute > at_minute and until_minute <= at_minute + 720));
select classify('contact_plan', 'C1', 'until_minute');

-- A meeting whose end is waited for: of a contact that was planned, or made up for a drill, which has no case. `until_at` is the end that
-- was promised last, `rung` how far the ladder of that promise was climbed. What is said of how to reach her goes when it is over.
create table outing (
  id uuid primary key default gen_random_uuid(),
  network_id uuid, case_id uuid, assignment_id uuid, plan_id uuid unique, number text, volunteer_id uuid not null references volunteer,
  begins_at timestamptz not null, until_at timestamptz not null, reach_sealed bytea,
  in_at timestamptz, rung int not null default 0 check (rung between 0 and 3),
  ending text check (ending in ('out', 'otherwise', 'safe', 'called', 'drilled', 'stopped')),
  ended_at timestamptz, heard_at timestamptz, ended_by uuid references person, note_sealed bytea,
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  foreign key (network_id, case_id, assignment_id) references assignment (network_id, case_id, id) on update cascade,
  foreign key (network_id, case_id, plan_id) references contact_plan (network_id, case_id, id) on update cascade,
  check (num_nulls(network_id, case_id, assignment_id, plan_id, number) in (0, 5)), check (until_at > begins_at and until_at <= begins_at + interval '1 day'),
  check (num_nulls(ending, ended_at, heard_at) in (0, 3)), check (ending is null or reach_sealed is null),
  check (ending is not null or (ended_by is null and note_sealed is null)), check ((ending in ('drilled', 'stopped')) = (ending is not null and case_id is null))
);
create index on outing (until_at) where ended_at is null;
create index on outing (volunteer_id);
create index on outing (case_id);
select classify('outing', 'C1', 'id network_id case_id assignment_id plan_id number volunteer_id begins_at until_at in_at rung ending ended_at heard_at ended_by recorded_by recorded_at');
select classify('outing', 'C2', 'reach_sealed');
select classify('outing', 'C3', 'note_sealed');
create trigger own_name before insert on outing for each row execute function own_name('recorded_by');
create trigger set_once before update on outing for each row execute function set_once('in_at', 'ending', 'ended_at', 'heard_at', 'ended_by');

-- A step of the ladder, once for each end that was promised: 1 herself, 2 whoever guides her, 3 the coordinator. `told`: how many there were
-- to tell. In a drill everybody answers for themselves.
create table outing_step (
  id uuid primary key default gen_random_uuid(), outing_id uuid not null references outing, until_at timestamptz not null, step int not null check (step between 1 and 3),
  due_at timestamptz not null, taken_at timestamptz not null default clock_timestamp(), told int not null check (told >= 0),
  answered_at timestamptz, answered_by uuid references person,
  unique (outing_id, until_at, step), check (taken_at >= due_at), check ((answered_at is null) = (answered_by is null))
);
select classify('outing_step', 'C1', 'id outing_id until_at step due_at taken_at told answered_at answered_by');
create trigger set_once before update on outing_step for each row execute function set_once('answered_at', 'answered_by');

-- When a step is due: minutes after the promised end, never before the one below it; in a drill one soon after another.
create function outing_due(o outing, the_step int) returns timestamptz language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select o.until_at + make_interval(mins => case when o.case_id is null then (the_step - 1) * setting_now('outingDrillMinutes', 2) else max(minutes) end)
  from unnest(array[setting_now('outingRemindMinutes', 10), setting_now('outingGuideMinutes', 30), setting_now('outingCoordinatorMinutes', 60)])
    with ordinality of_step (minutes, step) where step <= the_step
$$;

-- Who is there to be told today: nobody who is away, nobody who has left, nobody before whom the case is walled off, and above the first step not she herself.
create function outing_tells(o outing, the_step int) returns setof uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct asked.who
  from (select (now() at time zone 'Europe/Tallinn')::date as today) t cross join lateral (
    select v.person_id as who, null::uuid as desk from volunteer v where the_step = 1 and v.id = o.volunteer_id
    union all
    select v.supervisor_id, null from volunteer v where the_step = 2 and v.id = o.volunteer_id and holds_in_person(v.supervisor_id, 'supervisor', today)
      and not exists (select from supervision_absence a where a.supervisor_id = v.supervisor_id and a.ended_at is null and today between a.from_on and a.to_on)
    union all
    select d.deputy_id, d.supervisor_id from supervision_duties(null, o.volunteer_id) d where the_step = 2
    union all
    select r.person_id, null from person_role r where the_step = 3 and r.role = 'coordinator' and today between r.valid_from and r.valid_to
    union all
    select u.taker_id, u.giver_id from substitution u where the_step = 3 and u.role = 'coordinator' and substitution_holds(u)) asked
    join person p on p.id = asked.who and p.status = 'active'
  where (the_step = 1 or asked.who is distinct from (select person_id from volunteer where id = o.volunteer_id))
    and not exists (select from wall w where w.lifted_at is null and w.case_id = o.case_id and w.person_id in (asked.who, asked.desk))
$$;

-- Climbs every ladder as far as it is due, each step once: of two that climb at a time the second passes over what the first one holds. Where a
-- step has nobody to be told, the next one comes with it. What somebody is just ending is looked at a minute later.
create function outing_climb() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare o outing; due timestamptz; told uuid[]; climbed int := 0;
begin
  if not has_role('system') then raise exception 'not for you' using errcode = '42501'; end if;
  for o in select * from outing where ended_at is null and until_at <= now() order by until_at for update skip locked loop
    if o.case_id is null and o.until_at + make_interval(hours => setting_now('outingDrillHours', 24)) <= now() then
      update outing set ending = 'stopped', ended_at = now(), heard_at = now() where id = o.id;
      perform audit_append('support.outing.lapse', 'outing', o.id::text, null, null, 'done', '{}', null, null);
      continue;
    end if;
    told := null;
    for nth in o.rung + 1 .. 3 loop
      if told is null or told <> '{}' then due := outing_due(o, nth); end if;
      exit when due > now();
      told := array(select outing_tells(o, nth));
      insert into outing_step (outing_id, until_at, step, due_at, told) values (o.id, o.until_at, nth, due, cardinality(told)) on conflict do nothing;
      insert into mail_outbox (person_id, kind, unique_key)
      select who, case when o.case_id is null then 'drill' when nth = 1 then 'reminder' else 'urgent' end,
        concat_ws('/', 'outing', o.id, extract(epoch from o.until_at)::bigint, nth, who) from unnest(told) who on conflict do nothing;
      update outing set rung = nth where id = o.id;
      perform audit_append((array['support.outing.remind', 'support.outing.tellGuide', 'support.outing.tellCoordinator'])[nth], 'outing', o.id::text,
        o.case_id, o.network_id, 'done', '{}', null, null);
      climbed := climbed + 1;
    end loop;
  end loop;
  return climbed;
end $$;

-- A drill is over when everybody who was told has answered.
create function outing_drilled(o outing) returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update outing set ending = 'drilled', ended_at = now(), heard_at = now(), ended_by = auth_person()
  where id = o.id and case_id is null and ended_at is null and rung = 3
    and not exists (select from outing_step s where s.outing_id = o.id and s.told > 0 and s.answered_at is null)
$$;

-- What she presses: that she is there, that it is over, that it takes longer, that it came to nothing. What was pressed where there was no network
-- counts from when it was pressed; but the clock of a phone is its own, and counts only between what is known before and now.
create function outing_press(the_outing uuid, what text, pressed timestamptz default null) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare o outing; pressed_at timestamptz; later timestamptz;
begin
  select * into o from outing where id = the_outing and volunteer_id = auth_volunteer()
    and (case_id is null or not case_id = any ((select auth_walled())::uuid[])) for update;
  if o.id is null then return 'missing'; end if;
  if o.ended_at is not null then return 'over'; end if;
  pressed_at := least(greatest(coalesce(pressed, now()), o.recorded_at, o.in_at), now());
  if o.case_id is null then
    if what <> 'out' then return 'missing'; end if;
    update outing_step set answered_at = now(), answered_by = auth_person() where outing_id = o.id and step = 1 and answered_at is null;
    if not found then return 'over'; end if;
    perform outing_drilled(o);
  elsif what = 'in' then
    update outing set in_at = coalesce(in_at, pressed_at) where id = o.id;
  elsif what = 'longer' then
    later := least(greatest(o.until_at, pressed_at) + make_interval(mins => setting_now('outingLongerMinutes', 30)), o.begins_at + interval '1 day');
    if later <= o.until_at then return 'full'; end if;
    update outing set until_at = later, rung = 0 where id = o.id;
  elsif what in ('out', 'otherwise') then
    update outing set ending = what, ended_at = pressed_at, heard_at = now(), ended_by = auth_person(), reach_sealed = null where id = o.id;
  else
    return 'missing';
  end if;
  return 'done';
end $$;

-- Which step of the ladder is mine to answer: of somebody whom I guide – also before it has come to me, for she may have called – or as the
-- coordinator. Nobody answers for herself.
create function outing_mine(o outing) returns int language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if o.case_id = any (auth_walled()) or auth_person() = (select person_id from volunteer where id = o.volunteer_id) then return null; end if;
  if o.rung = 3 and has_role('coordinator') then return 3; end if;
  if (o.rung >= 2 or o.case_id is not null) and o.volunteer_id = any (auth_supervisees())
    and not (o.volunteer_id = any (auth_deputed()) and coalesce(o.case_id = any (auth_behind()), false)) then return 2; end if;
  return null;
end $$;

-- She was reached and is safe, or help was called; in a drill that one has heard.
create function outing_answer(the_outing uuid, how text, note bytea) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare o outing; mine int;
begin
  select * into o from outing where id = the_outing for update;
  mine := outing_mine(o);
  if mine is null or how not in ('safe', 'called') then return 'missing'; end if;
  if o.ended_at is not null then return 'over'; end if;
  if o.case_id is null then
    update outing_step set answered_at = now(), answered_by = auth_person() where outing_id = o.id and step = mine and answered_at is null;
    if not found then return 'over'; end if;
    perform outing_drilled(o);
  else
    update outing set ending = how, ended_at = now(), heard_at = now(), ended_by = auth_person(), note_sealed = note, reach_sealed = null where id = o.id;
  end if;
  return 'done';
end $$;

-- Whoever began a drill ends it early, or the coordinator does.
create function outing_stop(the_outing uuid) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare o outing;
begin
  select * into o from outing where id = the_outing and case_id is null for update;
  if o.id is null or not (has_role('coordinator') or (has_role('supervisor') and o.recorded_by = auth_person())) then return 'missing'; end if;
  if o.ended_at is not null then return 'over'; end if;
  update outing set ending = 'stopped', ended_at = now(), heard_at = now(), ended_by = auth_person() where id = o.id;
  return 'done';
end $$;

-- As before; and what a deputy answers for somebody who was not back.
create or replace function duty_behalf(the_kind text, the_id text, the_case uuid) returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare deputed uuid[] := auth_deputed(); about uuid; of uuid;
begin
  if deputed = '{}' then return null; end if;
  about := case when the_id ~ '^[0-9a-f]{8}-[0-9a-f-]{27}$' then the_id::uuid end;
  of := case the_kind when 'volunteer' then about
    when 'month-report' then (select volunteer_id from month_report where id = about)
    when 'visit' then (select volunteer_id from visit where id = about)
    when 'concern' then (select volunteer_id from concern where id = about)
    when 'assignment' then (select volunteer_id from assignment where id = about)
    when 'outing' then (select volunteer_id from outing where id = about)
    when 'checkin' then (select volunteer_id from wellbeing_checkin where id = about)
    when 'supervision-session' then (select volunteer_id from supervision_participant where session_id = about and volunteer_id = any (deputed) limit 1)
    when 'case' then (select volunteer_id from assignment where case_id = the_case and volunteer_id = any (deputed) limit 1) end;
  return (select supervisor_id from volunteer where id = of and id = any (deputed));
end $$;
