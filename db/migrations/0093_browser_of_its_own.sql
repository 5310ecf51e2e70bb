-- By which value is a browser known from now on? By the one it holds only if this person has come in by it before: one that somebody put there
-- beforehand, or kept a copy of until it was forgotten, would make a stranger known as well.
set local role tugivork_owner;

drop function door_remember(bytea, bytea);

-- Remembers the one it holds, or else the new one; says whether it was the one it holds.
create function door_remember(claim bytea, held bytea, fresh bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid; kept boolean;
begin
  select person_id into who from session where claim_hash = claim and ended_at is null for update;
  kept := door_known(who, null, held);
  update session set browser = case when kept then held else fresh end where claim_hash = claim and ended_at is null;
  return kept;
end $$;
