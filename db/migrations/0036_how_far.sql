-- How far does a right reach? A support ends by its own day, and whoever leads one network does not lead the others they belong to.
set local role tugivork_owner;

-- A grant ends by itself: nothing has to say so on the day.
create or replace function auth_supported() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine uuid := auth_volunteer();
begin
  if mine is null then return '{}'; end if;
  return (select coalesce(array_agg(case_id), '{}') from assignment
    where volunteer_id = mine and status = 'active' and (end_on is null or end_on >= (now() at time zone 'Europe/Tallinn')::date)
      and not case_id = any ((select auth_walled())::uuid[]));
end $$;

-- Her supervisor answers the report of the last month after the end, and whatever was sent back; then the case closes to her too.
create or replace function auth_supervised() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees();
begin
  if guided = '{}' then return '{}'; end if;
  return (select coalesce(array_agg(a.case_id), '{}') from assignment a
    where a.volunteer_id = any (guided) and not a.case_id = any ((select auth_walled())::uuid[]) and (
      (a.status = 'active' and (a.end_on is null or a.end_on >= (now() at time zone 'Europe/Tallinn')::date))
      or (a.status = 'ended' and (
        not exists (select from month_report r where r.volunteer_id = a.volunteer_id and r.month = date_trunc('month', a.end_on)::date and r.status = 'approved')
        or exists (select from month_report r where r.volunteer_id = a.volunteer_id and r.status <> 'approved'
          and r.month between date_trunc('month', coalesce(a.start_on, a.end_on))::date and a.end_on)))));
end $$;

-- Whom she guides, or has guided: where a life could not wait she is let in again without a second person.
create function auth_guided() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees();
begin
  if guided = '{}' then return '{}'; end if;
  return (select coalesce(array_agg(case_id), '{}') from assignment
    where volunteer_id = any (guided) and status in ('active', 'ended') and not case_id = any ((select auth_walled())::uuid[]));
end $$;
create or replace function glass_ask(the_number text, the_reason text, words bytea, review_due date) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); found case_file; standing text := glass_standing(auth_person()); guided boolean;
begin
  if me is null or not has_role('lead', 'member', 'supervisor') or not auth_fresh()
    or review_due not between (now() at time zone 'Europe/Tallinn')::date and (now() at time zone 'Europe/Tallinn')::date + 14 then
    raise exception 'not for you' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('glass/' || me::text, 0));
  if standing <> 'may' then return standing; end if;
  select * into found from case_file where number = the_number and not id = any ((select auth_walled())::uuid[]);
  guided := has_role('supervisor') and coalesce(found.id = any (auth_guided()), false);
  if not guided and not has_role('lead', 'member') then return 'none'; end if;
  if not guided and found.network_id = any (auth_networks()) and not shut_case(found.id, auth_led()) then return 'seen'; end if;
  insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, review_due_on, opened_at, until)
  values (me, the_number, found.network_id, found.id, the_reason, words, not guided, review_due, case when guided then now() end,
    case when guided then now() + make_interval(mins => least(glass_limit('glassMinutes', 60), 60)) end);
  return case when guided then 'opened' else 'asked' end;
end $$;

-- The networks that I lead: being a member of another gives nothing of what a lead decides.
create or replace function auth_led() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine uuid[] := auth_networks();
begin
  if mine = '{}' or not has_role('lead') then return '{}'; end if;
  return (select coalesce(array_agg(distinct network_id), '{}') from person_role
    where person_id = auth_person() and role = 'lead' and network_id = any (mine) and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to);
end $$;
create or replace function erasure_mine(the_kind text, network uuid, as_what text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case as_what when 'auditor' then has_role('auditor')
    else (the_kind = 'case' and network = any (auth_led())) or has_role('coordinator') end
$$;
create or replace function glass_answer(the_glass uuid, agrees boolean, review_due date) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); asked break_glass;
begin
  select * into asked from break_glass where id = the_glass for update;
  if asked.case_id is null or asked.person_id = me or asked.opened_at is not null or asked.refused_at is not null
    or asked.asked_at < now() - interval '1 hour' or asked.case_id = any ((select auth_walled())::uuid[]) or not auth_fresh() or not auth_in_person()
    or not (has_role('coordinator') or coalesce(asked.network_id = any (auth_led()), false))
    or exists (select 1 from wall where person_id = asked.person_id and case_id = asked.case_id and lifted_at is null) then return false; end if;
  if not agrees then
    update break_glass set refused_by = me, refused_at = now() where id = the_glass;
    return true;
  end if;
  if review_due not between (now() at time zone 'Europe/Tallinn')::date and (now() at time zone 'Europe/Tallinn')::date + 14
    or glass_standing(asked.person_id) <> 'may' then return false; end if;
  update break_glass set second_by = me, second_at = now(), opened_at = now(), review_due_on = review_due,
    until = now() + make_interval(mins => least(glass_limit('glassMinutes', 60), 60)) where id = the_glass;
  return true;
end $$;
create or replace function glass_review(the_glass uuid, the_outcome text, words bytea) returns boolean
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update break_glass set reviewed_by = auth_person(), reviewed_at = now(), outcome = the_outcome, review_sealed = words
    where id = the_glass and opened_at is not null and (ended_at is not null or until <= now()) and reviewed_at is null
      and auth_in_person() and person_id <> auth_person() and second_by is distinct from auth_person() and not case_id = any ((select auth_walled())::uuid[])
      and (has_role('auditor') or coalesce(network_id = any (auth_led()), false)) returning 1)
  select exists (select 1 from done)
$$;
create or replace function agenda_candidates(the_meeting uuid) returns table (case_id uuid, kind text, last_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.case_id, d.kind, d.last_on from agenda_due(the_meeting) d, meeting m
  where m.id = the_meeting and not d.case_id = any ((select auth_walled())::uuid[]) and not shut_case(d.case_id, auth_led())
    and (m.network_id = any (auth_led()) or (m.network_id = any (auth_networks()) and m.invited_at is not null) or has_role('coordinator'))
$$;
create or replace function agenda_close(the_meeting uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare m meeting;
begin
  select * into m from meeting where id = the_meeting and phase = 'planned' for update;
  if m.id is null or not coalesce(coalesce(m.network_id = any (auth_led()), false)
    or (has_role('system') and m.cut_off_on < (now() at time zone 'Europe/Tallinn')::date), false) then return false; end if;
  insert into agenda_item (network_id, case_id, meeting_id, kind, position)
  select m.network_id, d.case_id, m.id, d.kind, coalesce((select max(position) from agenda_item where meeting_id = m.id), 0)
    + row_number() over (order by array_position(array['action', 'new', 'carried', 'twelve'], d.kind), c.number)
  from agenda_due(the_meeting) d join case_file c on c.id = d.case_id;
  update meeting set phase = 'closed', closed_at = now(), invited_at = coalesce(invited_at, now()) where id = m.id;
  return true;
end $$;
create or replace function research_answered(the_meeting uuid) returns table (case_id uuid, agency text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.case_id, r.agency from research r join meeting m on m.id = r.meeting_id
  where r.meeting_id = the_meeting and r.superseded_at is null and not r.case_id = any ((select auth_walled())::uuid[])
    and not shut_case(r.case_id, auth_led()) and (m.network_id = any (auth_led()) or (m.network_id = any (auth_networks()) and m.invited_at is not null) or has_role('coordinator', 'system'))
$$;
