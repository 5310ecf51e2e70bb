-- Until when is each annex of minutes for internal use only, and how long is that on the day on which it is said?
set local role tugivork_owner;

-- What stands of one case is an annex with a mark of its own. Where nothing is said here, the years of private life are counted from the making of
-- the minutes; otherwise from a death or a birth, whose day is closed with the key of the case. How many years it were that day is kept with it.
create table annex_mark (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique, meeting_id uuid not null,
  ground text not null check (ground in ('private_life', 'death', 'birth')), years int not null default 75 check (years between 1 and 150), from_sealed bytea,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id) on update cascade,
  foreign key (meeting_id) references meeting (id), check ((ground = 'private_life') = (from_sealed is null))
);
create unique index on annex_mark (meeting_id, case_id) where superseded_at is null;
create index on annex_mark (case_id);
select classify('annex_mark', 'C1', 'network_id case_id id meeting_id ground years recorded_by recorded_at superseded_at');
select classify('annex_mark', 'C3', 'from_sealed');
create trigger own_name before insert on annex_mark for each row execute function own_name('recorded_by');
create trigger set_once before update on annex_mark for each row execute function set_once('superseded_at');
create function annex_years() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.years := case new.ground when 'death' then setting_now('markDeathYears', 30) when 'birth' then setting_now('markBirthYears', 110)
    else setting_now('markPrivateYears', 75) end;
  return new;
end
$$;
create trigger annex_years before insert on annex_mark for each row execute function annex_years();

-- As before; the years are those of the settings of the day.
create or replace function minutes_mark() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  began date; before date; ends date; last date; own int := setting_now('markInternalYears', 5);
begin
  select min(made_on), max(extended_until) into began, before from minutes where meeting_id = new.meeting_id;
  began := coalesce(began, new.made_on);
  ends := (began + make_interval(years => case new.ground when 'private_life' then setting_now('markPrivateYears', 75) else own end))::date;
  last := (began + make_interval(years => own + setting_now('markExtendYears', 5)))::date;
  if new.until_on <> coalesce(new.extended_until, ends) or (new.extended_until is distinct from before and (new.extended_until <= ends or new.extended_until > last))
    or new.extended_until <> before then
    raise exception 'the mark runs from the first version, and is prolonged once' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
