-- How far may a setting widen emergency access? No further than what was promised to those whose case it is, whoever writes the setting or the row.
set local role tugivork_owner;

-- Easter Sunday, by the same count as `easterSunday` of the program.
create function easter_sunday(year int) returns date language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  with a as (select year % 19 as golden, year / 100 as century),
    b as (select *, (century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 19 * golden + 15) % 30 as epact from a),
    c as (select *, (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 100 % 4) % 7 as weekday from b)
  select make_date(year, 3, 22) + epact + weekday - 7 * ((golden + 11 * epact + 22 * weekday) / 451) from c
$$;

-- The first working day after a day, public holidays left out: by its end an emergency has to be judged.
create function next_working_day(day date) returns date language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select d from (select day + n as d from generate_series(1, 8) n) days
  where extract(isodow from d) < 6
    and to_char(d, 'MM-DD') not in ('01-01', '02-24', '05-01', '06-23', '06-24', '08-20', '12-24', '12-25', '12-26')
    and (extract(month from d) not between 3 and 6
      or d not in (easter_sunday(extract(year from d)::int) - 2, easter_sunday(extract(year from d)::int) + 49))
  order by d limit 1
$$;

-- What was set wider before this day is brought to the bound; the note says so. The policies are put in force again after the migrations.
alter table setting no force row level security;
create function bounded(the_name text, value int) returns int language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select case the_name when 'glassMinutes' then least(greatest(value, 5), 60) when 'glassUses' then least(greatest(value, 1), 3)
    when 'glassDays' then least(greatest(value, 30), 90) when 'glassReviewDays' then least(greatest(value, 0), 1) end
$$;
update setting set value = to_jsonb(bounded(name, (value #>> '{}')::int)), note = note || ' (enne ' || (value #>> '{}') || ', otsus 16)'
where name in ('glassMinutes', 'glassUses', 'glassDays', 'glassReviewDays') and bounded(name, (value #>> '{}')::int) <> (value #>> '{}')::int;
drop function bounded(text, int);
alter table setting add constraint setting_emergency check (case name
  when 'glassMinutes' then (value #>> '{}')::int between 5 and 60 when 'glassUses' then (value #>> '{}')::int between 1 and 3
  when 'glassDays' then (value #>> '{}')::int between 30 and 90 when 'glassReviewDays' then (value #>> '{}')::int between 0 and 1 else true end);

-- As before, with the bounds that the table of settings has.
create or replace function glass_standing(who uuid) returns text language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case
    when exists (select 1 from break_glass where person_id = who and opened_at is not null and reviewed_at is null
      and review_due_on < (now() at time zone 'Europe/Tallinn')::date) then 'paused'
    when exists (select 1 from break_glass where person_id = who and ended_at is null and until > now()) then 'open'
    when (select count(*) from break_glass where person_id = who and opened_at > now() - make_interval(days => greatest(glass_limit('glassDays', 30), 30)))
      >= least(glass_limit('glassUses', 3), 3) then 'used-up'
    when (select count(*) from break_glass where person_id = who and asked_at > now() - interval '1 day') >= 10 then 'used-up'
    else 'may' end
$$;

-- And in the row itself: never a fourth within thirty days, never judged later than the end of the next working day. Two who agree at once wait
-- for each other.
create function glass_bounds() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.opened_at is null then return new; end if;
  if new.review_due_on > next_working_day((new.opened_at at time zone 'Europe/Tallinn')::date) then
    raise exception 'an emergency is judged within a working day' using errcode = '23514';
  end if;
  if tg_op = 'UPDATE' and old.opened_at is not null and old.person_id = new.person_id then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('glass/' || new.person_id::text, 0));
  if (select count(*) from break_glass where person_id = new.person_id and id <> new.id
    and opened_at > new.opened_at - interval '30 days' and opened_at <= new.opened_at) >= 3 then
    raise exception 'three emergencies in thirty days' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger glass_bounds before insert or update of opened_at, review_due_on, person_id on break_glass for each row execute function glass_bounds();

-- As before; but the process is nobody: a code written down for its account would tie it to cases, and what it does by itself would fail in silence.
create or replace function own_code_set(who uuid, codes jsonb, kept bytea default null) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from person_role where person_id = who and role = 'system') or not coalesce(who = auth_person() or has_role('admin', 'system')
    or (has_role('coordinator') and exists (select 1 from volunteer where person_id = who)), false) then
    raise exception 'not for you' using errcode = '42501';
  end if;
  insert into own_code (person_id, network_id, code_index)
  select who, key::uuid, decode(value, 'hex') from jsonb_each_text(codes) on conflict do nothing;
  if kept is not null then
    insert into own_code_kept (person_id, code_sealed) values (who, kept)
    on conflict (person_id) do update set code_sealed = excluded.code_sealed, known_at = now();
  end if;
end $$;

-- What was written down for it before goes, whoever wrote it.
alter table own_code no force row level security;
alter table own_code_kept no force row level security;
alter table person_role no force row level security;
delete from own_code where person_id in (select person_id from person_role where role = 'system');
delete from own_code_kept where person_id in (select person_id from person_role where role = 'system');
alter table wall no force row level security;
delete from wall where person_id in (select person_id from person_role where role = 'system');
