-- Who guides a support person while her supervisor is away or has let the time run out, and when was she last spoken with?
set local role tugivork_owner;

-- Since when somebody guides a volunteer: before that day nothing of theirs can be overdue.
alter table volunteer add supervisor_since date;
select classify('volunteer', 'C1', 'supervisor_since');
create function supervisor_since() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' or new.supervisor_id is distinct from old.supervisor_id then
    new.supervisor_since := case when new.supervisor_id is not null then (now() at time zone 'Europe/Tallinn')::date end;
  end if;
  return new;
end $$;
create trigger supervisor_since before insert or update of supervisor_id on volunteer for each row execute function supervisor_since();

-- The deputy of a supervisor; one at a time, from the day on which it was said.
create table supervision_deputy (
  id uuid primary key default gen_random_uuid(), supervisor_id uuid not null references person, deputy_id uuid not null references person,
  from_on date not null default (now() at time zone 'Europe/Tallinn')::date,
  set_by uuid not null references person, set_at timestamptz not null default now(), ended_by uuid references person, ended_at timestamptz,
  check (supervisor_id <> deputy_id), check ((ended_by is null) = (ended_at is null))
);
create unique index on supervision_deputy (supervisor_id) where ended_at is null;
create index on supervision_deputy (deputy_id);
select classify('supervision_deputy', 'C1', 'id supervisor_id deputy_id from_on set_by set_at ended_by ended_at');

-- Days on which a supervisor is away; they end by themselves.
create table supervision_absence (
  id uuid primary key default gen_random_uuid(), supervisor_id uuid not null references person, from_on date not null, to_on date not null,
  told_by uuid not null references person, told_at timestamptz not null default now(), ended_by uuid references person, ended_at timestamptz,
  check (to_on between from_on and from_on + 91), check ((ended_by is null) = (ended_at is null))
);
create index on supervision_absence (supervisor_id);
select classify('supervision_absence', 'C1', 'id supervisor_id from_on to_on told_by told_at ended_by ended_at');

-- A talk, a group, a covision: planned, held or called off.
create table supervision_session (
  id uuid primary key default gen_random_uuid(), kind text not null check (kind in ('individual', 'group', 'covision')),
  planned_on date not null, planned_at text check (planned_at ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  led_by uuid not null references person, made_at timestamptz not null default now(),
  held_on date, called_off_at timestamptz, unique (id, led_by), check (held_on is null or called_off_at is null)
);
create index on supervision_session (led_by);
select classify('supervision_session', 'C1', 'id kind planned_on planned_at led_by made_at held_on called_off_at');
create table supervision_participant (
  session_id uuid not null, volunteer_id uuid not null references volunteer, led_by uuid not null, attended boolean,
  primary key (session_id, volunteer_id), foreign key (session_id, led_by) references supervision_session (id, led_by)
);
create index on supervision_participant (volunteer_id);
select classify('supervision_participant', 'C1', 'session_id volunteer_id led_by attended');
-- What was spoken of, apart from that it was: for whoever guides those who took part.
create table supervision_note (
  id uuid primary key default gen_random_uuid(), session_id uuid not null unique references supervision_session, topics text[] not null
    check (topics <@ array['case', 'safety', 'boundaries', 'network', 'methods', 'load', 'wellbeing', 'papers', 'growth', 'other']),
  words_sealed bytea, written_by uuid not null references person, written_at timestamptz not null default now()
);
select classify('supervision_note', 'C1', 'id session_id written_by written_at');
select classify('supervision_note', 'C2', 'topics');
select classify('supervision_note', 'C3', 'words_sealed');
alter table sealed_key drop constraint sealed_key_kind_check;
alter table sealed_key add constraint sealed_key_kind_check check (kind in ('case', 'volunteer', 'import', 'person', 'report', 'session', 'checkin'));

create trigger own_name before insert or update on supervision_deputy for each row execute function own_name('set_by', 'ended_by');
create trigger set_once before update on supervision_deputy for each row execute function set_once('ended_by', 'ended_at');
create trigger own_name before insert or update on supervision_absence for each row execute function own_name('told_by', 'ended_by');
create trigger set_once before update on supervision_absence for each row execute function set_once('ended_by', 'ended_at');
create trigger own_name before insert on supervision_session for each row execute function own_name('led_by');
create trigger set_once before update on supervision_session for each row execute function set_once('held_on', 'called_off_at');
create trigger set_once before update on supervision_participant for each row execute function set_once('attended');
create trigger own_name before insert on supervision_note for each row execute function own_name('written_by');

-- The last day on which each volunteer sat with whoever guides her; a covision among equals takes no supervision's place.
create function supervised_last(the_volunteer uuid) returns date language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select max(s.held_on) from supervision_participant p join supervision_session s on s.id = p.session_id
  where p.volunteer_id = the_volunteer and p.attended and s.kind <> 'covision'
$$;
-- Since when the earliest of her running supports runs.
create function supports_since(the_volunteer uuid) returns date language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select min(start_on) from assignment where volunteer_id = the_volunteer and status = 'active'
    and start_on <= (now() at time zone 'Europe/Tallinn')::date and (end_on is null or end_on >= (now() at time zone 'Europe/Tallinn')::date)
$$;

-- Whose duty is whose today: all of an absent supervisor's volunteers, and those who support somebody and whom nobody sat with in time.
-- Only where the supervisor could do it herself, so that nobody gets more than she has.
create function supervision_duties(the_deputy uuid default null, the_volunteer uuid default null)
returns table (volunteer_id uuid, supervisor_id uuid, deputy_id uuid, why text, until date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select v.id, v.supervisor_id, d.deputy_id, case when a.to_on is not null then 'away' else 'lapse' end, a.to_on
  from supervision_deputy d join volunteer v on v.supervisor_id = d.supervisor_id and v.person_id is distinct from d.deputy_id
    cross join (select (now() at time zone 'Europe/Tallinn')::date as day,
      setting_now('supervisionWeeks', 4) * 7 + setting_now('supervisionGraceDays', 7) as days) t
    left join lateral (select max(x.to_on) as to_on from supervision_absence x
      where x.supervisor_id = d.supervisor_id and x.ended_at is null and t.day between x.from_on and x.to_on) a on true
  where d.ended_at is null and (the_deputy is null or d.deputy_id = the_deputy) and (the_volunteer is null or v.id = the_volunteer)
    and holds_in_person(d.supervisor_id, 'supervisor', t.day) and holds_in_person(d.deputy_id, 'supervisor', t.day)
    and (a.to_on is not null or (supports_since(v.id) is not null
      and t.day > greatest(supervised_last(v.id), supports_since(v.id), v.supervisor_since, d.from_on) + t.days))
$$;

-- Those whom I guide in somebody's place, and the cases that do not exist for that somebody.
create function auth_deputed() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking();
begin
  if not has_role('supervisor') then return '{}'; end if;
  return (select coalesce(array_agg(volunteer_id), '{}') from supervision_duties(mine.person_id));
end $$;
create function auth_behind() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking();
begin
  if not has_role('supervisor') then return '{}'; end if;
  return (select coalesce(array_agg(distinct w.case_id), '{}') from wall w where w.lifted_at is null and w.set_at < now()
    and w.person_id in (select supervisor_id from supervision_duties(mine.person_id)));
end $$;

create or replace function auth_supervisees() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking();
begin
  if not has_role('supervisor') then return '{}'; end if;
  return (select coalesce(array_agg(id), '{}') from volunteer where supervisor_id = mine.person_id) || auth_deputed();
end $$;

-- Her supervisor answers the report of the last month after the end, and whatever was sent back; then the case closes to her too.
create or replace function auth_supervised() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); deputed uuid[]; behind uuid[];
begin
  if guided = '{}' then return '{}'; end if;
  deputed := auth_deputed();
  behind := case when deputed = '{}' then '{}' else auth_behind() end;
  return (select coalesce(array_agg(a.case_id), '{}') from assignment a
    where a.volunteer_id = any (guided) and not a.case_id = any ((select auth_walled())::uuid[])
      and not (a.volunteer_id = any (deputed) and a.case_id = any (behind)) and (
      (a.status = 'active' and (a.end_on is null or a.end_on >= (now() at time zone 'Europe/Tallinn')::date))
      or (a.status = 'ended' and (
        not exists (select from month_report r where r.volunteer_id = a.volunteer_id and r.month = date_trunc('month', a.end_on)::date and r.status = 'approved')
        or exists (select from month_report r where r.volunteer_id = a.volunteer_id and r.status <> 'approved'
          and r.month between date_trunc('month', coalesce(a.start_on, a.end_on))::date and a.end_on)))));
end $$;

create or replace function auth_guided() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); deputed uuid[]; behind uuid[];
begin
  if guided = '{}' then return '{}'; end if;
  deputed := auth_deputed();
  behind := case when deputed = '{}' then '{}' else auth_behind() end;
  return (select coalesce(array_agg(case_id), '{}') from assignment
    where volunteer_id = any (guided) and status in ('active', 'ended') and not case_id = any ((select auth_walled())::uuid[])
      and not (volunteer_id = any (deputed) and case_id = any (behind)));
end $$;

create or replace function volunteer_load(only_these uuid[]) returns table (volunteer_id uuid, active int, proposed int, last_used date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); nationwide boolean := has_role('coordinator', 'manager', 'auditor', 'system'); guided uuid[] := auth_supervisees(); near uuid[] := auth_helpers();
  walled uuid[] := auth_walled();
begin
  return query select a.volunteer_id, (count(*) filter (where a.status = 'active'))::int, (count(*) filter (where a.status = 'proposed'))::int, max(a.end_on)
    from assignment a join volunteer v on v.id = a.volunteer_id
    where a.status in ('proposed', 'active', 'ended') and a.volunteer_id = any (only_these) and not a.case_id = any (walled)
      and (nationwide or v.person_id = me or v.id = any (guided) or v.id = any (near))
    group by a.volunteer_id;
end $$;

-- Sessions that I know of: of those whom I guide, and my own.
create function auth_sessions() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); mine uuid := auth_volunteer();
begin
  if guided = '{}' and mine is null then return '{}'; end if;
  return (select coalesce(array_agg(distinct session_id), '{}') from supervision_participant where volunteer_id = any (guided) or volunteer_id = mine);
end $$;
-- Sessions whose content is for me: those that I led, while I guide somebody of them, and those of which I guide everybody.
create function auth_session_notes() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); me uuid := auth_person();
begin
  if guided = '{}' then return '{}'; end if;
  return (select coalesce(array_agg(session_id), '{}') from (
    select p.session_id from supervision_participant p group by p.session_id, p.led_by
    having bool_or(p.volunteer_id = any (guided)) and (p.led_by = me or bool_and(p.volunteer_id = any (guided)))) known);
end $$;
create function session_open(the_session uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from supervision_session where id = the_session and held_on is null and called_off_at is null)
$$;

-- How the supervision of each volunteer stands, without a word of what was spoken: for whoever answers for the country, whoever guides
-- her, and herself. `due_on`: the last day for the next talk, where she supports somebody.
create function supervision_standing() returns table (volunteer_id uuid, supervisor_id uuid, last_on date, covision_on date, next_on date, next_at text,
  next_kind text, due_on date, deputy_id uuid, on_duty uuid, why text, until date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); mine uuid := auth_volunteer(); everybody boolean := has_role('coordinator', 'system');
  weeks int := setting_now('supervisionWeeks', 4); day date := (now() at time zone 'Europe/Tallinn')::date;
begin
  return query select v.id, v.supervisor_id, supervised_last(v.id), c.covision_on, n.planned_on, n.planned_at, n.kind,
      case when supports_since(v.id) is not null then greatest(supervised_last(v.id), supports_since(v.id), v.supervisor_since) + weeks * 7 end,
      d.deputy_id, u.deputy_id, u.why, u.until
    from volunteer v left join supervision_deputy d on d.supervisor_id = v.supervisor_id and d.ended_at is null
      left join supervision_duties() u on u.volunteer_id = v.id
      left join lateral (select max(s.held_on) as covision_on from supervision_participant p join supervision_session s on s.id = p.session_id
        where p.volunteer_id = v.id and p.attended and s.kind = 'covision') c on true
      left join lateral (select s.planned_on, s.planned_at, s.kind from supervision_participant p join supervision_session s on s.id = p.session_id
        where p.volunteer_id = v.id and s.held_on is null and s.called_off_at is null and s.planned_on >= day order by s.planned_on limit 1) n on true
    where everybody or v.id = any (guided) or v.id = mine;
end $$;

-- Who answers for a volunteer today in her supervisor's place, to be told what the supervisor would be told.
create function supervision_duty(the_volunteer uuid) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select deputy_id from supervision_duties(null, the_volunteer) where auth_person() is not null
$$;

-- In whose place something was done that concerns somebody whom one guides for another.
create function duty_behalf(the_kind text, the_id text, the_case uuid) returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare deputed uuid[] := auth_deputed(); about uuid; of uuid;
begin
  if deputed = '{}' then return null; end if;
  about := case when the_id ~ '^[0-9a-f]{8}-[0-9a-f-]{27}$' then the_id::uuid end;
  of := case the_kind when 'volunteer' then about
    when 'month-report' then (select volunteer_id from month_report where id = about)
    when 'visit' then (select volunteer_id from visit where id = about)
    when 'concern' then (select volunteer_id from concern where id = about)
    when 'assignment' then (select volunteer_id from assignment where id = about)
    when 'supervision-session' then (select volunteer_id from supervision_participant where session_id = about and volunteer_id = any (deputed) limit 1)
    when 'case' then (select volunteer_id from assignment where case_id = the_case and volunteer_id = any (deputed) limit 1) end;
  return (select supervisor_id from volunteer where id = of and id = any (deputed));
end $$;

-- Both names stand in the log, at another's desk and on another's duty.
create or replace function audit_append(
  action text, object_kind text, object_id text, case_id uuid, network_id uuid, result text, fields text[], hits int, reason_sealed bytea
) returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare last audit_event; made audit_event; behalf uuid := coalesce(auth_behalf(), duty_behalf(object_kind, object_id, case_id));
begin
  perform pg_advisory_xact_lock(4711);
  select * into last from audit_event order by seq desc limit 1;
  made.seq := coalesce(last.seq, 0) + 1;
  made.at := clock_timestamp();
  made.session_id := auth_session();
  made.actor := auth_person();
  made.on_behalf_of := behalf;
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

-- What was spoken with a volunteer goes with her.
create or replace function erase_volunteer(the_volunteer uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare account uuid;
begin
  perform destroy_keys(array(select the_volunteer union all select id from month_report where volunteer_id = the_volunteer
    union all select id from application where volunteer_id = the_volunteer
    union all select session_id from supervision_participant where volunteer_id = the_volunteer));
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
