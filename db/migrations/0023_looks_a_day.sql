-- How many looks at what is sealed are left today?
set local role tugivork_owner;

-- How often I may still look at what is sealed today. Holds my turn until the end of the transaction, so that looks asked for at once
-- count one by one. The default is that of the setting in the program.
create function auth_reveals_left() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); day date := (now() at time zone 'Europe/Tallinn')::date; most int;
begin
  perform pg_advisory_xact_lock(hashtextextended(me::text, 4714));
  select (value #>> '{}')::int into most from setting where name = 'revealsPerDay' and valid_from <= day order by valid_from desc limit 1;
  return coalesce(most, 10) - (select count(*) from reveal where person_id = me and what <> 'import'
    and at >= day::timestamp at time zone 'Europe/Tallinn');
end $$;
