-- Who is asked about a candidate, by which link, and what did they answer?
set local role tugivork_owner;

alter table sealed_key drop constraint sealed_key_kind_check;
alter table sealed_key add constraint sealed_key_kind_check check (kind in ('case', 'volunteer', 'import', 'person', 'report', 'session', 'checkin', 'reference'));

-- One question to one referee. Who that is lies sealed under the volunteer's key, the answer under a key of its own, made when it comes in: the
-- page that takes it reads nothing back. Of the link only the hash is kept; sent again it is another one.
create table reference_request (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  referee_sealed bytea, locale text not null check (locale in ('et', 'en', 'ru')),
  token_hash bytea unique check (octet_length(token_hash) = 32), expires_at timestamptz not null,
  sent_at timestamptz not null default now(), times_sent int not null default 1 check (times_sent between 1 and 10),
  asked_by uuid not null references person, asked_at timestamptz not null default now(), revoked_at timestamptz,
  answered_at timestamptz, form int, answers_sealed bytea,
  check ((answered_at is null) = (form is null)), check (expires_at > sent_at and expires_at < sent_at + interval '91 days')
);
create index on reference_request (volunteer_id);
select classify('reference_request', 'C1', 'id volunteer_id locale token_hash expires_at sent_at times_sent asked_by asked_at revoked_at answered_at form');
select classify('reference_request', 'C2', 'referee_sealed');
select classify('reference_request', 'C3', 'answers_sealed');
create trigger own_name before insert on reference_request for each row execute function own_name('asked_by');
create trigger set_once before update on reference_request for each row execute function set_once('revoked_at', 'answered_at', 'form');

-- What is tried at the door is counted by what it is for: links tried in vain use up nobody's applications.
alter table application_try add column what text not null default 'apply' check (what in ('apply', 'reference'));
select classify('application_try', 'C1', 'what');

create or replace function apply_wait(address bytea) returns int language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select greatest(0, coalesce(max(ceil(extract(epoch from until - clock_timestamp()))), 0))::int from (
    (select at + interval '1 hour' as until from application_try where what = 'apply' and address_key = address order by at desc
      offset setting_now('applicationsPerHour', 5) - 1 limit 1)
    union all
    (select at + interval '1 day' from application_try where what = 'apply' order by at desc offset setting_now('applicationsPerDay', 200) - 1 limit 1)) busy
$$;
create function reference_wait(address bytea) returns int language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select greatest(0, coalesce(max(ceil(extract(epoch from at + interval '1 hour' - clock_timestamp()))), 0))::int from (
    select at from application_try where what = 'reference' and address_key = address order by at desc offset setting_now('referenceTriesPerHour', 20) - 1 limit 1) busy
$$;

-- The question behind a link, with as much of the candidate's name as somebody who knows them needs; a link that leads to none is counted.
create function reference_behind(token bytea) returns reference_request language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.* from reference_request r join volunteer v on v.id = r.volunteer_id
    where r.token_hash = token and r.revoked_at is null and r.answered_at is null and r.expires_at > now()
      and v.status in ('candidate', 'interview', 'background', 'training', 'contract')
$$;
create function door_reference(token bytea, address bytea) returns table (id uuid, who text, wait int)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare asked reference_request; busy int := reference_wait(address);
begin
  if busy > 0 then return query select null::uuid, null::text, busy; return; end if;
  asked := reference_behind(token);
  if asked.id is null then
    delete from application_try where at < now() - interval '1 day';
    insert into application_try (address_key, what) values (address, 'reference');
    return query select null::uuid, null::text, 0;
    return;
  end if;
  return query select asked.id, split_part(v.name, ' ', 1) || case when v.name like '% %' then ' ' || left(split_part(v.name, ' ', -1), 1) || '.' else '' end, 0
    from volunteer v where v.id = asked.volunteer_id;
end $$;

-- Takes an answer, once: 0; -1 where the link leads nowhere any more; otherwise the seconds to wait. Whoever asked hears that something waits.
create function door_reference_answer(token bytea, address bytea, the_id uuid, master text, key bytea, answers bytea, asked_form int) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare asked reference_request; busy int;
begin
  perform pg_advisory_xact_lock(4718);
  busy := reference_wait(address);
  if busy > 0 then return busy; end if;
  insert into application_try (address_key, what) values (address, 'reference');
  asked := reference_behind(token);
  if asked.id is null or asked.id <> the_id then return -1; end if;
  insert into sealed_key (kind, owner_id, master_id, wrapped) values ('reference', asked.id, master, key);
  update reference_request set answered_at = now(), form = asked_form, answers_sealed = answers where id = asked.id;
  insert into mail_outbox (person_id, kind, unique_key) values (asked.asked_by, 'new-task', 'reference/' || asked.id) on conflict do nothing;
  perform audit_append('recruitment.reference.answer', 'application', asked.volunteer_id::text, null, null, 'done', '{}', null, null);
  return 0;
end $$;

-- As before; and what others said of somebody goes with them.
create or replace function erase_volunteer(the_volunteer uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare account uuid;
begin
  perform destroy_keys(array(select the_volunteer union all select id from month_report where volunteer_id = the_volunteer
    union all select id from application where volunteer_id = the_volunteer
    -- What was said in a group is the others' too.
    union all select p.session_id from supervision_participant p where p.volunteer_id = the_volunteer
      and not exists (select from supervision_participant o where o.session_id = p.session_id and o.volunteer_id <> the_volunteer)
    union all select id from wellbeing_checkin where volunteer_id = the_volunteer
    union all select id from reference_request where volunteer_id = the_volunteer));
  update application set facts_sealed = null, email_index = null, remark_sealed = null, erased_at = coalesce(erased_at, now())
    where id = the_volunteer or volunteer_id = the_volunteer;
  update recruitment_step set note = null where volunteer_id = the_volunteer;
  update reference_request set referee_sealed = null, answers_sealed = null, token_hash = null, revoked_at = coalesce(revoked_at, now())
    where volunteer_id = the_volunteer;
  update paper set facts_sealed = null where volunteer_id = the_volunteer;
  update paper_signed set file_sealed = null, signatures_sealed = null where volunteer_id = the_volunteer;
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
