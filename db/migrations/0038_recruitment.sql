-- Who has offered to help, through which call, how far is it with each of them, and what is the next step?
set local role tugivork_owner;

-- Between the talk and the first case lie two stages more. Whoever has left, or was told no, has a reason that can be counted.
alter table volunteer drop constraint volunteer_status_check, add constraint volunteer_status_check
  check (status in ('candidate', 'interview', 'background', 'training', 'contract', 'active', 'paused', 'ended'));
alter table volunteer_status
  add constraint volunteer_status_known check (status in ('candidate', 'interview', 'background', 'training', 'contract', 'active', 'paused', 'ended')),
  add column no_reason text check (no_reason in ('withdrew', 'silent', 'unsuited', 'background', 'time', 'place', 'other')),
  add check (no_reason is null or status = 'ended');
select classify('volunteer_status', 'C1', 'no_reason');

-- A call for volunteers with a short link of its own, so that it can be seen who came through it.
create table campaign (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120), code text not null unique check (code ~ '^[a-z0-9-]{3,24}$'),
  source text not null check (source in ('friend', 'social', 'media', 'web', 'event', 'school', 'work', 'organisation', 'other')),
  from_on date not null, until_on date not null, check (until_on >= from_on),
  created_by uuid not null references person, created_at timestamptz not null default now()
);
select classify('campaign', 'C1', 'id name code source from_on until_on created_by created_at');

-- What somebody without an account has sent. Who it is lies sealed under the key that the volunteer will have: one key, one identifier, from
-- the first word to the last case. `once_key` is of the form that was sent, so that sent twice it is there once.
create sequence application_code;
create table application (
  id uuid primary key, code text not null unique default 'AV-' || to_char(nextval('application_code'), 'FM999999000'),
  once_key uuid not null unique, facts_sealed bytea, email_index bytea,
  county_code text not null references county, languages text[] not null check (cardinality(languages) between 1 and 12),
  locale text not null check (locale in ('et', 'en', 'ru')),
  source text not null check (source in ('friend', 'social', 'media', 'web', 'event', 'school', 'work', 'organisation', 'other')),
  campaign_id uuid references campaign, arrived_at timestamptz not null default now(),
  outcome text check (outcome in ('taken', 'known', 'refused')), volunteer_id uuid references volunteer,
  no_reason text check (no_reason in ('withdrew', 'silent', 'unsuited', 'background', 'time', 'place', 'other')), remark_sealed bytea,
  decided_by uuid references person, decided_at timestamptz, erased_at timestamptz,
  check ((outcome is null) = (decided_at is null) and (outcome is null) = (decided_by is null)),
  check ((outcome is not distinct from 'refused') = (no_reason is not null)),
  check ((coalesce(outcome, '') in ('taken', 'known')) = (volunteer_id is not null)),
  check ((facts_sealed is null) = (erased_at is not null))
);
create index on application (arrived_at) where outcome is null;
create index on application (email_index);
create index on application (volunteer_id);
select classify('application', 'C1', 'id code once_key county_code languages locale source campaign_id arrived_at outcome volunteer_id no_reason decided_by decided_at erased_at');
select classify('application', 'C2', 'facts_sealed email_index remark_sealed');
create trigger own_name before insert or update on application for each row execute function own_name('decided_by');
create trigger set_once before update on application for each row execute function set_once('outcome', 'volunteer_id', 'no_reason', 'decided_by', 'decided_at');
create trigger own_name before insert on campaign for each row execute function own_name('created_by');

-- How often something was sent from one place, as a keyed mark that nobody can turn back, for a day.
create table application_try (address_key bytea not null, at timestamptz not null default clock_timestamp());
create index on application_try (address_key, at);
select classify('application_try', 'C1', 'address_key at');

-- What happens next with somebody who is on the way: whose turn it is and by when. The last line counts.
create table recruitment_step (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  step text not null check (step in ('call', 'meet', 'references', 'background', 'training', 'contract', 'decide', 'wait')),
  due_on date not null, owner_id uuid not null references person, note text check (length(note) <= 300),
  recorded_by uuid not null references person, recorded_at timestamptz not null default now()
);
create index on recruitment_step (volunteer_id, recorded_at);
select classify('recruitment_step', 'C1', 'id volunteer_id step due_on owner_id recorded_by recorded_at');
select classify('recruitment_step', 'C2', 'note');
create trigger own_name before insert on recruitment_step for each row execute function own_name('recorded_by');

-- Letters go to those too who have no account here: the address is sealed, and forgotten as soon as the letter has left.
alter table mail_outbox alter column person_id drop not null, add column to_sealed bytea, add column locale text check (locale in ('et', 'en', 'ru')),
  add check (person_id is not null or to_sealed is not null or sent_at is not null);
select classify('mail_outbox', 'C1', 'locale');
select classify('mail_outbox', 'C2', 'to_sealed');

-- What the public page says: the counties to choose from, how soon an answer comes, and how long a refused application is kept.
create function door_apply_page() returns table (code text, name text, days int, months int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.code, c.name, setting_now('applicantStepDays', 7), setting_now('refusedMonths', 6) from county c
$$;

-- Seconds to wait: too many came from there within the hour, or from everywhere within the day.
create function apply_wait(address bytea) returns int language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select greatest(0, coalesce(max(ceil(extract(epoch from until - clock_timestamp()))), 0))::int from (
    (select at + interval '1 hour' as until from application_try where address_key = address order by at desc offset setting_now('applicationsPerHour', 5) - 1 limit 1)
    union all
    (select at + interval '1 day' from application_try order by at desc offset setting_now('applicationsPerDay', 200) - 1 limit 1)) busy
$$;

-- Takes what was sent from the public page: 0, or how many seconds one has to wait. Says nothing of what is there already. A letter goes to
-- one address once a day at most, whoever types it in.
create function door_apply(the_id uuid, once uuid, master text, key bytea, facts bytea, email bytea, county text, tongues text[], tongue text,
  heard text, call text, address bytea, letter bytea) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare wait int;
begin
  perform pg_advisory_xact_lock(4717);
  if exists (select from application where once_key = once) then return 0; end if;
  delete from application_try where at < now() - interval '1 day';
  wait := apply_wait(address);
  if wait > 0 then return wait; end if;
  insert into application_try (address_key) values (address);
  insert into sealed_key (kind, owner_id, master_id, wrapped) values ('volunteer', the_id, master, key);
  insert into application (id, once_key, facts_sealed, email_index, county_code, languages, locale, source, campaign_id)
    values (the_id, once, facts, email, county, tongues, tongue, heard, (select id from campaign where code = call));
  insert into mail_outbox (kind, to_sealed, locale, unique_key)
    values ('application', letter, tongue, 'application/' || encode(email, 'hex') || '/' || (now() at time zone 'Europe/Tallinn')::date)
    on conflict do nothing;
  perform audit_append('recruitment.apply', 'application', the_id::text, null, null, 'done', '{}', null, null);
  return 0;
end $$;

-- What somebody wrote who wanted to help goes with them; of an application that never came to more there is no volunteer, and this is all.
create or replace function erase_volunteer(the_volunteer uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare account uuid;
begin
  perform destroy_keys(array(select the_volunteer union all select id from month_report where volunteer_id = the_volunteer
    union all select id from application where volunteer_id = the_volunteer));
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

-- Who was told no, or withdrew before the first case, is forgotten when their time is over: as the dated setting says, by the process itself, a
-- line in the log for each. Applications of those who were known already say nothing new and go as well.
create function erase_applicants() returns table (owner uuid) language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare before date := ((now() at time zone 'Europe/Tallinn')::date - make_interval(months => setting_now('refusedMonths', 6)))::date; one uuid;
begin
  if not has_role('system') then raise exception 'only the process' using errcode = '42501'; end if;
  for one in
    select a.id from application a where a.outcome in ('refused', 'known') and a.erased_at is null and (a.decided_at at time zone 'Europe/Tallinn')::date <= before
    union
    select v.id from volunteer v where v.status = 'ended' and v.name <> v.code and not exists (
        select from volunteer_status s where s.volunteer_id = v.id and s.status in ('active', 'paused'))
      and (select s.no_reason is not null and s.from_on <= before from volunteer_status s where s.volunteer_id = v.id order by s.from_on desc, s.recorded_at desc limit 1)
  loop
    if exists (select from application a where a.id = one and a.outcome = 'known') then
      perform destroy_keys(array[one]);
      update application set facts_sealed = null, email_index = null, remark_sealed = null, erased_at = now() where id = one;
    else
      perform erase_volunteer(one);
    end if;
    perform audit_append('recruitment.forget', 'application', one::text, null, null, 'done', '{}', null, null);
    owner := one;
    return next;
  end loop;
end $$;
