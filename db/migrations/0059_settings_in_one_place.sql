-- Where does the database ask what a setting is today? In one function.
set local role tugivork_owner;

-- As before: a limit of the emergency is a setting like any other.
create or replace function glass_limit(the_name text, otherwise int) returns int language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select setting_now(the_name, otherwise)
$$;

create or replace function auth_reveals_left() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); day date := (now() at time zone 'Europe/Tallinn')::date;
begin
  perform pg_advisory_xact_lock(hashtextextended(me::text, 4714));
  return setting_now('revealsPerDay', 10) - (select count(*) from reveal where person_id = me and what <> 'import'
    and at >= day::timestamp at time zone 'Europe/Tallinn');
end $$;
