-- For whom is it how many needs stood behind a target?
set local role tugivork_owner;

-- Where needs are missing is the coordinator's page; in one county and one language they are so few that a number tells of a case. Whoever
-- else reads targets sees how many people are to be found, not for whom.
create function target_gaps() returns table (target_id uuid, needs int, fitting int, places int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select t.id, t.needs, t.fitting, t.places from recruiting_target t where t.needs is not null and has_role('coordinator')
$$;
