-- What nobody does alone, or past the one whose it is: whom one guides, whose an action was, what goes with an erased case or person.
set local role tugivork_owner;

-- Whoever names the supervisor of somebody is not the one named: from that day on she reads what is for the supervisor alone.
create function not_oneself() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_user = 'tugivork_write' and new.supervisor_id = auth_person() and new.supervisor_id is distinct from old.supervisor_id then
    raise exception 'nobody makes herself the supervisor' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger not_oneself before update of supervisor_id on volunteer for each row execute function not_oneself();

-- How an action ended is said of the one who had promised it: it changes hands before, or not at all.
create function promised_stays() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state <> 'open' and (new.owner_id, new.agency) is distinct from (old.owner_id, old.agency) then
    raise exception 'an action ends with its owner' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger promised_stays before update on case_action for each row execute function promised_stays();

-- A transfer is begun by the lead of the network that has the case; everybody else hears nothing of how it stands.
create or replace function transfer_begins() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare f case_file; today date := (now() at time zone 'Europe/Tallinn')::date; missing text[];
begin
  -- Before anything is told by the way in which it fails: whose case is it?
  if not coalesce(new.network_id = any (auth_led()), false) or new.case_id = any (auth_walled()) then
    raise exception 'not for you' using errcode = '42501';
  end if;
  select * into f from case_file where id = new.case_id and network_id = new.network_id and status = 'open' for update;
  if f.id is null then raise exception 'the case is not open' using errcode = '40001'; end if;
  if exists (select from transfer_lacks(new.case_id) l where l.blocks) or (new.ground = 'consent' and f.legal_basis <> 'consent') then
    raise exception 'something stands in the way' using errcode = '23514';
  end if;
  if not exists (select from network where id = new.to_network_id and status = 'active') then raise exception 'no such network' using errcode = '23514'; end if;
  select coalesce(array_agg(l.kind order by l.kind), '{}') into missing from transfer_lacks(new.case_id) l;
  if missing <> '{}' and new.why_sealed is null then raise exception 'what is missing has no reason' using errcode = '23514'; end if;
  new.state := 'open'; new.because := null; new.answer_sealed := null; new.answered_by := null; new.answered_at := null; new.opened_at := now();
  new.number := f.number; new.county_code := f.county_code; new.children := f.child_count > 0; new.lacks := missing;
  new.level := (select a.level from assessment a where a.case_id = f.id and a.state <> 'draft' and a.superseded_at is null order by a.made_on desc, a.recorded_at desc limit 1);
  new.actions := (select count(*) from case_action a where a.case_id = f.id and a.state = 'open');
  new.supported := exists (select from assignment s where s.case_id = f.id and s.status = 'active');
  new.due_on := working_days_after(today, case when new.urgent then setting_now('transferUrgentDays', 1) else setting_now('transferDays', 2) end);
  new.lapses_on := greatest(new.due_on, working_days_after(today, setting_now('transferLapseDays', 10)));
  return new;
end $$;

-- As before; and the answer to a transfer.
create or replace function erase_case(the_case uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c record;
begin
  perform destroy_keys(array[the_case]);
  -- Closed by the process, not by the key that was destroyed.
  update case_transfer set answer_sealed = null where case_id = the_case;
  update volunteer_tie set reason = '–' where case_id = the_case;
  -- A support that runs ends, a question to a volunteer is taken back.
  insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, reason_code, recorded_by)
  select network_id, case_id, id, case status when 'active' then 'ended' else 'withdrawn' end, (now() at time zone 'Europe/Tallinn')::date,
    case status when 'active' then 'case_closed' else 'other' end, coalesce(auth_person(), created_by)
  from assignment where case_id = the_case and status in ('proposed', 'active');
  -- Nobody is reminded of it or looked for any more.
  update case_file set status = 'closed', version = version + 1 where id = the_case and status <> 'closed';
  update need set status = 'closed', version = version + 1 where case_id = the_case and status in ('open', 'proposed', 'declined');
  for c in
    select t.relname, a.attname, t.relname = 'case_file' as head from pg_class t join pg_attribute a on a.attrelid = t.oid
    where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and not a.attnotnull
      and a.attgenerated = '' and a.attname not like '%\_sealed' and col_description(t.oid, a.attnum) in ('C2', 'C3', 'C4')
      and (t.relname = 'case_file' or exists (select from pg_attribute o where o.attrelid = t.oid and o.attname = 'case_id'
        and exists (select from pg_attribute n where n.attrelid = t.oid and n.attname = 'network_id')))
  loop
    execute format('update %I set %I = null where %I = $1 and %2$I is not null', c.relname, c.attname,
      case when c.head then 'id' else 'case_id' end) using the_case;
  end loop;
end $$;

-- As before; a talk of several stays the others'.
create or replace function erase_volunteer(the_volunteer uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare account uuid;
begin
  perform destroy_keys(array(select the_volunteer union all select id from month_report where volunteer_id = the_volunteer
    union all select id from application where volunteer_id = the_volunteer
    -- What was said in a group is the others' too.
    union all select p.session_id from supervision_participant p where p.volunteer_id = the_volunteer
      and not exists (select from supervision_participant o where o.session_id = p.session_id and o.volunteer_id <> the_volunteer)
    union all select id from wellbeing_checkin where volunteer_id = the_volunteer));
  update application set facts_sealed = null, email_index = null, remark_sealed = null, erased_at = coalesce(erased_at, now())
    where id = the_volunteer or volunteer_id = the_volunteer;
  update recruitment_step set note = null where volunteer_id = the_volunteer;
  select person_id into account from volunteer where id = the_volunteer;
  update volunteer set name = code, search_name = lower(code), email = null, phone = null, birth_year = null, sex = null,
    personal_code_sealed = null, personal_code_index = null, occupation = null, municipality_code = null, child_contact_reason = null,
    availability = null, notes = null, import_key = null, version = version + 1 where id = the_volunteer;
  update volunteer_status set reason = null where volunteer_id = the_volunteer;
  update volunteer_tie set reason = '–' where volunteer_id = the_volunteer;
  update month_report_event set remark = '–' where remark is not null
    and report_id in (select id from month_report where volunteer_id = the_volunteer);
  update assignment set rationale = null, override_reason = null where volunteer_id = the_volunteer;
  -- The account goes with the volunteer, unless the person does something else here too.
  if account is null or exists (select from person_role where person_id = account and role <> 'volunteer' and valid_to >= current_date) then return; end if;
  update person set name = (select code from volunteer where id = the_volunteer), email = 'kustutatud-' || id || '@localhost.invalid',
    phone = null, status = 'disabled' where id = account;
  update credential set password_hash = '', totp_sealed = null, totp_confirmed_at = null where person_id = account;
  delete from passkey where person_id = account;
  update session set ended_at = now(), ended_why = 'disabled', device = null where person_id = account and ended_at is null;
end $$;

-- The supports of those whom I guide, as long as I guide them in it; and the cases of these. What is planned under another's support is another's.
create function auth_supervised_supports() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); deputed uuid[]; behind uuid[];
begin
  if guided = '{}' then return '{}'; end if;
  deputed := auth_deputed();
  behind := case when deputed = '{}' then '{}' else auth_behind() end;
  return (select coalesce(array_agg(a.id), '{}') from assignment a
    where a.volunteer_id = any (guided) and not a.case_id = any ((select auth_walled())::uuid[])
      and not (a.volunteer_id = any (deputed) and a.case_id = any (behind)) and (
      (a.status = 'active' and (a.end_on is null or a.end_on >= (now() at time zone 'Europe/Tallinn')::date))
      or (a.status = 'ended' and (
        not exists (select from month_report r where r.volunteer_id = a.volunteer_id and r.month = date_trunc('month', a.end_on)::date and r.status = 'approved')
        or exists (select from month_report r where r.volunteer_id = a.volunteer_id and r.status <> 'approved'
          and r.month between date_trunc('month', coalesce(a.start_on, a.end_on))::date and a.end_on)))));
end $$;
create or replace function auth_supervised() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare supports uuid[] := auth_supervised_supports();
begin
  if supports = '{}' then return '{}'; end if;
  return (select coalesce(array_agg(distinct a.case_id), '{}') from assignment a
    where a.id = any (supports) and not a.case_id = any ((select auth_walled())::uuid[]));
end $$;
