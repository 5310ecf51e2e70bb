-- From which day on is the log gone through, where the process was away for longer than a day?
set local role tugivork_owner;

-- From yesterday on; and from the day of the last round where that was earlier, so that nothing of the days between is never looked at.
create function watch_from() returns date language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select least((now() at time zone 'Europe/Tallinn')::date - 1, (select (max(r.at) at time zone 'Europe/Tallinn')::date from watch_round r))
$$;

-- Everything else stays as it was written last.
do $$
declare f text; written text; yesterday text := '((now() at time zone ''Europe/Tallinn'')::date - 1)::timestamp';
begin
  foreach f in array array['watch_look(text[], text[], text[], text[], jsonb)', 'watch_pairs(text[])'] loop
    written := pg_get_functiondef(f::regprocedure);
    if position(yesterday in written) = 0 then raise exception 'another text: %', f; end if;
    execute replace(written, yesterday, 'watch_from()::timestamp');
  end loop;
end $$;
