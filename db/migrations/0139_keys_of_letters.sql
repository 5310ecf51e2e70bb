-- By which key may whoever asks write a letter? One that is there already keeps the next one from being written, so it is told which there are, and not
-- which are not: those of the process, and of the coordinator the two by which she reminds of a late report, once a day, and tells of a paper. Of all
-- others – an urgent word that nobody has answered, what she herself looked at – nobody takes the place.
set local role tugivork_owner;
create or replace function letter_key_may(key text) returns boolean language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select key is null or (has_role('system') and key !~ '^(way|seal|bait|outing)/')
    or (has_role('coordinator') and key ~ '^(report/[0-9a-f-]{36}/nudge/\d{4}-\d\d-\d\d|paper/[0-9a-f-]{36})$')
$$;
