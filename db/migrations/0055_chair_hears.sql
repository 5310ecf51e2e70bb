-- Who chairs a network's core group at the moment?
set local role tugivork_owner;

-- Whoever was named for the next meeting to which people were invited, otherwise for the last that was held; nobody where nobody was, or where they
-- have left the core group. It tells whoever asks no more than the meetings that they see.
create function chair_of(the_network uuid) returns uuid language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select m.chair_id from meeting m
  where m.network_id = the_network and m.chair_id is not null and m.invited_at is not null and m.phase <> 'cancelled' and agency_of(the_network, m.chair_id) is not null
  order by m.phase = 'held', case when m.phase = 'held' then m.on_date end desc, m.on_date limit 1
$$;
