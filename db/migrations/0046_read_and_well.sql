-- Has what a support person wrote been read, how often was contact agreed, and how is she herself?
set local role tugivork_owner;

-- That an entry was read by whoever guides her, and with which words; under the key of the case, like the entry.
create table visit_reading (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique,
  visit_id uuid not null unique, volunteer_id uuid not null references volunteer,
  read_by uuid not null references person, read_at timestamptz not null default now(), reply_sealed bytea,
  primary key (network_id, case_id, id), foreign key (network_id, case_id, visit_id) references visit (network_id, case_id, id) on update cascade
);
create index on visit_reading (volunteer_id);
select classify('visit_reading', 'C1', 'network_id case_id id visit_id volunteer_id read_by read_at');
select classify('visit_reading', 'C3', 'reply_sealed');
create trigger own_name before insert on visit_reading for each row execute function own_name('read_by');

-- How many days may pass between two contacts of one support; agreed at its start, and again whenever it changes.
create table contact_rhythm (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique,
  assignment_id uuid not null, volunteer_id uuid not null references volunteer, days int not null check (days between 1 and 90),
  set_by uuid not null references person, set_at timestamptz not null default clock_timestamp(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id, assignment_id) references assignment (network_id, case_id, id) on update cascade
);
create index on contact_rhythm (assignment_id, set_at);
select classify('contact_rhythm', 'C1', 'network_id case_id id assignment_id volunteer_id days set_by set_at');
create trigger own_name before insert on contact_rhythm for each row execute function own_name('set_by');

-- How a support person says that she is; for whoever guides her and for herself, and for nobody else in any form.
create table wellbeing_checkin (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  written_at timestamptz not null default now(), answers_sealed bytea,
  seen_by uuid references person, seen_at timestamptz, check ((seen_by is null) = (seen_at is null))
);
create index on wellbeing_checkin (volunteer_id, written_at);
select classify('wellbeing_checkin', 'C1', 'id volunteer_id written_at seen_by seen_at');
select classify('wellbeing_checkin', 'C3', 'answers_sealed');
create trigger own_name before update on wellbeing_checkin for each row execute function own_name('seen_by');
create trigger set_once before update on wellbeing_checkin for each row execute function set_once('answers_sealed', 'seen_by', 'seen_at');

-- What was spoken with a volunteer, and what she wrote of herself, goes with her.
create or replace function erase_volunteer(the_volunteer uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare account uuid;
begin
  perform destroy_keys(array(select the_volunteer union all select id from month_report where volunteer_id = the_volunteer
    union all select id from application where volunteer_id = the_volunteer
    union all select session_id from supervision_participant where volunteer_id = the_volunteer
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
