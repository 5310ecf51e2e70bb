-- Which days does a deadline count that is set in working days? Wherever the database counts them, those that the program counts (core/calendar).
set local role tugivork_owner;

-- Monday to Friday, public holidays left out: those of a fixed date, Good Friday, Easter and Whitsun.
create function is_working_day(day date) returns boolean language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select extract(isodow from day) < 6
    and to_char(day, 'MM-DD') not in ('01-01', '02-24', '05-01', '06-23', '06-24', '08-20', '12-24', '12-25', '12-26')
    and (extract(month from day) not between 3 and 6 or day - easter_sunday(extract(year from day)::int) not in (-2, 0, 49))
$$;

-- The day so many working days later; none later is the day itself, whether or not anybody works on it.
create or replace function working_days_after(day date, days int) returns date language plpgsql immutable set search_path = pg_catalog, public, pg_temp as $$
begin
  while days > 0 loop
    day := day + 1;
    if is_working_day(day) then days := days - 1; end if;
  end loop;
  return day;
end $$;

create or replace function next_working_day(day date) returns date language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select working_days_after(day, 1)
$$;
