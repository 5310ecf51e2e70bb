-- Which values does nobody loosen alone? How long something is kept, the brakes on whoever gathers much, and how surely somebody is known (docs/decisions/0056).
set local role tugivork_owner;

-- The same list as `ofTwo` of the program, with its defaults. `loose`: `more`, `less`, or a word of the setting; of what is kept either way takes two, for a shorter time
-- erases what nobody brings back. `most`: how far two may go.
create function settings_of_two() returns table (name text, loose text, standard jsonb, most int) language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  values ('paperYears', 'either', '7'::jsonb, null::int), ('talkMonths', 'either', '12', null), ('volunteerYears', 'either', '7', null), ('refusedMonths', 'either', '6', null),
    ('fieldKeepDays', 'more', '14', null), ('fieldListDays', 'more', '60', null), ('referralShownMonths', 'more', '12', null), ('smallCount', 'less', '5', null),
    ('revealMinutes', 'more', '1', null), ('planLookMinutes', 'more', '5', null), ('revealsPerDay', 'more', '10', 30), ('looksPerMinute', 'more', '120', 240),
    ('exportsPerDay', 'more', '10', 30), ('searchesPerHour', 'more', '120', 300), ('codesPerDay', 'more', '20', 60), ('findsPerDay', 'more', '20', 60),
    ('linksToldPerDay', 'more', '30', 100), ('invitationsPerDay', 'more', '100', 200), ('uploadsPerDay', 'more', '20', 60), ('keyChangesPerDay', 'more', '10', 30),
    ('referralsPerDay', 'more', '20', 60), ('applicationsPerHour', 'more', '5', 30), ('applicationsPerDay', 'more', '200', 1000), ('referenceTriesPerHour', 'more', '20', 60),
    ('glassMinutes', 'more', '60', null), ('glassUses', 'more', '3', null), ('glassDays', 'less', '30', null), ('glassReviewDays', 'more', '1', null),
    ('planSelfApproval', 'yes', '"no"', null), ('oidcAcr', 'substantial', '"high"', null), ('invitationDays', 'more', '7', null),
    ('fieldTries', 'more', '10', null), ('fieldLockMinutes', 'more', '5', null), ('fieldPinDigits', 'less', '6', null)
$$;

-- What a count of the settings says; nothing where it is none.
create function setting_count(value jsonb) returns int language sql immutable as $$
  select case when value #>> '{}' ~ '^[0-9]{1,9}$' then (value #>> '{}')::int end
$$;

-- Is this looser than what would hold on that day without it? What is no count where one belongs is.
create function setting_takes_two(the_name text, the_value jsonb, the_day date) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce((
    select case t.loose when 'either' then the_value <> b.value when 'more' then coalesce(setting_count(the_value) > setting_count(b.value), true)
      when 'less' then coalesce(setting_count(the_value) < setting_count(b.value), true) else the_value <> b.value and the_value #>> '{}' = t.loose end
    from settings_of_two() t cross join lateral (select coalesce((select s.value from setting s where s.name = t.name and s.valid_from <= the_day
      order by s.valid_from desc limit 1), t.standard) as value) b
    where t.name = the_name), false)
$$;
create function setting_too_wide(the_name text, the_value jsonb) returns boolean language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce((select coalesce(setting_count(the_value) > most, true) from settings_of_two() where name = the_name and most is not null), false)
$$;

-- What was set wider before this day is brought to the bound; the note says so. The policies are put in force again after the migrations.
alter table setting no force row level security;
update setting s set value = to_jsonb(t.most), note = s.note || ' (enne ' || (s.value #>> '{}') || ', otsus 56)'
from settings_of_two() t where t.name = s.name and setting_too_wide(s.name, s.value);

-- One asks, another says yes or no; what waits runs out by itself. The one who asked says why, and that is the note of the value.
create table setting_asked (
  id uuid primary key default gen_random_uuid(), name text not null, value jsonb not null, valid_from date not null, note text not null check (note <> ''),
  asked_by uuid not null references person, asked_at timestamptz not null default now(), expires_at timestamptz not null,
  decision text check (decision in ('confirmed', 'refused', 'withdrawn')), decided_by uuid references person, decided_at timestamptz, decision_reason text,
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  check (decision is null or (decision = 'withdrawn') = (decided_by = asked_by)), check (decision is distinct from 'refused' or coalesce(decision_reason, '') <> ''),
  check (expires_at <= asked_at + interval '31 days')
);
create index on setting_asked (name, asked_at);
select classify('setting_asked', 'C1', 'id name value valid_from note asked_by asked_at expires_at decision decided_by decided_at decision_reason');

-- The second person is who it would be for a role (docs/decisions/0014): another administrator; where there is none, the coordinator or the project manager.
create function setting_deciders(asked_by uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select confirmation_deciders('setting', null, asked_by, asked_by)
$$;

-- True where the decision counts; false where it is no longer open, or whoever asked may not set anything any more. Those who may not decide are told nothing.
create function setting_decide(the_id uuid, how text, why text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare a setting_asked;
begin
  select * into a from setting_asked where id = the_id for update;
  if a.id is null or how not in ('confirmed', 'refused') or not auth_fresh() or not auth_in_person() or cardinality(auth_roles()) = 0
    or not coalesce(auth_person() = any (setting_deciders(a.asked_by)), false) then
    raise exception 'not for you' using errcode = '42501';
  end if;
  if a.decision is not null or a.expires_at <= now() or not holds(a.asked_by, 'admin', 'coordinator') then return false; end if;
  update setting_asked set decision = how, decided_by = auth_person(), decided_at = now(), decision_reason = why where id = the_id;
  -- What would have begun in the meantime begins today.
  if how = 'confirmed' then
    insert into setting (name, valid_from, value, note, set_by)
    values (a.name, greatest(a.valid_from, (now() at time zone 'Europe/Tallinn')::date), a.value, a.note, a.asked_by);
  end if;
  return true;
end $$;
create function setting_withdraw(the_id uuid) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update setting_asked set decision = 'withdrawn', decided_by = asked_by, decided_at = now()
    where id = the_id and asked_by = auth_person() and auth_in_person() and decision is null and expires_at > now() returning 1)
  select exists (select 1 from done)
$$;
