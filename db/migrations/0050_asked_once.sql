-- Who asks, in which roles, for which networks and behind which walls: found once a transaction, as policies ask it a hundred times a page (docs/decisions/0033).
reset role;
grant execute on function pg_catalog.set_config(text, text, boolean) to tugivork_definer;
set local role tugivork_owner;

create type held as (person_id uuid, session_id uuid, behalf uuid, roles text[], networks uuid[], led uuid[], walled uuid[]);

-- As the tables say it now.
create function held_now() returns held language plpgsql stable as $$
declare mine held; standing uuid; stood record;
begin
  select s.person_id, s.id, r.roles, r.networks, r.led, s.substitution_id
    into mine.person_id, mine.session_id, mine.roles, mine.networks, mine.led, standing
  from session s join person p on p.id = s.person_id cross join lateral (
    select array_agg(distinct role) as roles, array_agg(distinct network_id) filter (where role in ('lead', 'member')) as networks,
      array_agg(distinct network_id) filter (where role = 'lead') as led
    from person_role where person_id = s.person_id and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to) r
  where s.claim_hash = sha256(convert_to(nullif(current_setting('app.claim', true), ''), 'UTF8'))
    -- A session that ends in this very transaction still says who ended it.
    and (s.ended_at is null or s.ended_at = now()) and s.idle_until > now() and s.absolute_until > now() and p.status = 'active';
  -- Before an administrator has shown the second key there is nothing to hold; whoever stands in holds the other's role alone.
  if 'admin' = any (mine.roles) and auth_owes() is not null then mine.roles := null; mine.networks := null; mine.led := null; end if;
  if standing is not null then
    select giver_id, role into stood from auth_substitution();
    if found then mine.behalf := stood.giver_id; mine.roles := array[stood.role]; mine.networks := null; mine.led := null; end if;
  end if;
  mine.walled := (select array_agg(distinct case_id) from wall where person_id in (mine.person_id, mine.behalf) and lifted_at is null and set_at < now());
  mine.roles := coalesce(mine.roles, '{}'); mine.networks := coalesce(mine.networks, '{}');
  mine.led := coalesce(mine.led, '{}'); mine.walled := coalesce(mine.walled, '{}');
  return mine;
end $$;

-- What was found is kept in a setting of the transaction, which anybody could write to: so it bears a seal. The seal needs a number that each connection draws anew
-- and that only the definer's functions can read: what currval() says of this sequence. It holds for one bearer and one transaction.
create unlogged sequence held_nonce;
revoke all on sequence held_nonce from public, tugivork_read, tugivork_write, tugivork_door, tugivork_jobs;
grant usage, update on sequence held_nonce to tugivork_definer;
create function auth_held() returns held language plpgsql stable as $$
declare kept text := coalesce(current_setting('app.held', true), ''); bearer text; told text; mine held; nonce text;
begin
  bearer := concat_ws('|', current_setting('app.claim', true), now()::text);
  if kept <> '' then
    nonce := currval('held_nonce')::text; told := substr(kept, 65);
    if left(kept, 64) = encode(sha256(convert_to(concat_ws('|', nonce, bearer, told, nonce), 'UTF8')), 'hex') then return told::held; end if;
  end if;
  mine := held_now();
  if mine.person_id is not null then
    nonce := setval('held_nonce', ('x' || right(gen_random_uuid()::text, 12) || left(gen_random_uuid()::text, 3))::bit(60)::bigint + 1)::text; told := mine::text;
    perform set_config('app.held', encode(sha256(convert_to(concat_ws('|', nonce, bearer, told, nonce), 'UTF8')), 'hex') || told, true);
  end if;
  return mine;
end $$;

-- Whatever changes what somebody holds makes the rest of the transaction look again.
create function held_forget() returns trigger language plpgsql as $$
begin
  execute 'set local app.held = ''''';
  return null;
end $$;
create trigger held_forget after update of ended_at, substitution_id, method, factors on session for each statement execute function held_forget();
create trigger held_forget after update of status on person for each statement execute function held_forget();
create trigger held_forget after insert or update or delete on person_role for each statement execute function held_forget();
create trigger held_forget after insert or update or delete on substitution for each statement execute function held_forget();
create trigger held_forget after insert or update or delete on passkey for each statement execute function held_forget();
create trigger held_forget after insert or update or delete on wall for each statement execute function held_forget();

create or replace function auth_person() returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_held()).person_id;
end $$;
create or replace function auth_session() returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_held()).session_id;
end $$;
create or replace function auth_behalf() returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_held()).behalf;
end $$;
create or replace function auth_in_person() returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine held := auth_held();
begin
  return mine.person_id is not null and mine.behalf is null;
end $$;
create or replace function auth_roles() returns text[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_held()).roles;
end $$;
create or replace function has_role(variadic wanted text[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_held()).roles && wanted;
end $$;
create or replace function auth_networks() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_held()).networks;
end $$;
create or replace function auth_led() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_held()).led;
end $$;
create or replace function auth_walled() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_held()).walled;
end $$;
create or replace function auth_volunteer() returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine held := auth_held();
begin
  if not 'volunteer' = any (mine.roles) then return null; end if;
  return (select id from volunteer where person_id = mine.person_id);
end $$;
create or replace function auth_deputed() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine held := auth_held();
begin
  if not 'supervisor' = any (mine.roles) then return '{}'; end if;
  return (select coalesce(array_agg(volunteer_id), '{}') from supervision_duties(mine.person_id));
end $$;
create or replace function auth_supervisees() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine held := auth_held();
begin
  if not 'supervisor' = any (mine.roles) then return '{}'; end if;
  return (select coalesce(array_agg(id), '{}') from volunteer where supervisor_id = mine.person_id) || auth_deputed();
end $$;
create or replace function auth_behind() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine held := auth_held();
begin
  if not 'supervisor' = any (mine.roles) then return '{}'; end if;
  return (select coalesce(array_agg(distinct w.case_id), '{}') from wall w where w.lifted_at is null and w.set_at < now()
    and w.person_id in (select supervisor_id from supervision_duties(mine.person_id)));
end $$;

-- The names of those who work here are looked up on every page.
create index on person_role (role) where role <> 'volunteer';
