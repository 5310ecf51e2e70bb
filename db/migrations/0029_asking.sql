-- Who is asking is looked up once a question, by functions whose plans are kept: a function in the language of SQL is planned anew
-- wherever it is called, and the policies of one page call them a hundred times. What they answer is what it was.
set local role tugivork_owner;

-- The session behind the claim of this transaction, or none. For the functions below alone: it looks with the eyes of whoever calls it.
create function auth_asking() returns session language plpgsql stable as $$
declare mine session;
begin
  select s.* into mine from session s join person p on p.id = s.person_id
  where s.claim_hash = sha256(convert_to(nullif(current_setting('app.claim', true), ''), 'UTF8'))
    -- A session that ends in this very transaction still says who ended it.
    and (s.ended_at is null or s.ended_at = now()) and s.idle_until > now() and s.absolute_until > now() and p.status = 'active';
  return mine;
end $$;

create or replace function auth_session() returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_asking()).id;
end $$;

create or replace function auth_person() returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_asking()).person_id;
end $$;

create or replace function auth_substitution() returns setof substitution language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking();
begin
  if mine.substitution_id is null then return; end if;
  return query select u.* from substitution u where u.id = mine.substitution_id and u.taker_id = mine.person_id and substitution_holds(u);
end $$;

create or replace function auth_behalf() returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (select giver_id from auth_substitution());
end $$;

create or replace function auth_in_person() returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking();
begin
  return mine.id is not null and (mine.substitution_id is null or not exists (select from auth_substitution()));
end $$;

create or replace function auth_held_roles() returns text[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking();
begin
  return (select coalesce(array_agg(distinct role), '{}') from person_role
    where person_id = mine.person_id and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to);
end $$;

create or replace function auth_roles() returns text[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking(); held text[];
begin
  select coalesce(array_agg(distinct role), '{}') into held from person_role
  where person_id = mine.person_id and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to;
  if 'admin' = any (held) and auth_owes() is not null then return '{}'; end if;
  return case when mine.substitution_id is null then held else coalesce((select array[role] from auth_substitution()), held) end;
end $$;

create or replace function has_role(variadic wanted text[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return auth_roles() && wanted;
end $$;

create or replace function auth_networks() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking(); held uuid[]; admin boolean;
begin
  select coalesce(array_agg(distinct network_id) filter (where role in ('lead', 'member')), '{}'), bool_or(role = 'admin') into held, admin
  from person_role where person_id = mine.person_id and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to;
  if mine.substitution_id is not null and not auth_in_person() or admin and auth_owes() is not null then return '{}'; end if;
  return held;
end $$;

create or replace function auth_led() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking();
begin
  return (select coalesce(array_agg(distinct network_id), '{}') from person_role
    where person_id = mine.person_id and role = 'lead' and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to);
end $$;

create or replace function auth_walled() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking(); other uuid := case when mine.substitution_id is not null then auth_behalf() end;
begin
  return (select coalesce(array_agg(distinct case_id), '{}') from wall where person_id in (mine.person_id, other) and lifted_at is null and set_at < now());
end $$;

create or replace function auth_volunteer() returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking();
begin
  if not has_role('volunteer') then return null; end if;
  return (select id from volunteer where person_id = mine.person_id);
end $$;

create or replace function auth_supported() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine uuid := auth_volunteer();
begin
  if mine is null then return '{}'; end if;
  return (select coalesce(array_agg(case_id), '{}') from assignment
    where volunteer_id = mine and status = 'active' and not case_id = any ((select auth_walled())::uuid[]));
end $$;

create or replace function auth_proposed() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine uuid := auth_volunteer();
begin
  if mine is null then return '{}'; end if;
  return (select coalesce(array_agg(case_id), '{}') from assignment
    where volunteer_id = mine and status = 'proposed' and not case_id = any ((select auth_walled())::uuid[]));
end $$;

create or replace function auth_supervisees() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking();
begin
  if not has_role('supervisor') then return '{}'; end if;
  return (select coalesce(array_agg(id), '{}') from volunteer where supervisor_id = mine.person_id);
end $$;

create or replace function auth_supervised() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees();
begin
  if guided = '{}' then return '{}'; end if;
  return (select coalesce(array_agg(case_id), '{}') from assignment
    where volunteer_id = any (guided) and status in ('active', 'ended') and not case_id = any ((select auth_walled())::uuid[]));
end $$;

create or replace function auth_helpers() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine uuid[] := auth_networks();
begin
  if mine = '{}' then return '{}'; end if;
  return (select coalesce(array_agg(volunteer_id), '{}') from assignment
    where network_id = any (mine) and status in ('proposed', 'active') and not case_id = any ((select auth_walled())::uuid[]));
end $$;

create or replace function auth_owes() returns text language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking(); keys int;
begin
  if mine.id is null or mine.method in ('demo', 'service') or not 'admin' = any (auth_held_roles()) then return null; end if;
  select count(*) into keys from passkey where person_id = mine.person_id;
  return case when mine.method <> 'passkey' and keys > 0 then 'prove' when keys < 2 then 'register' end;
end $$;

create or replace function auth_whoami() returns table (
  person_id uuid, session_id uuid, name text, locale text, roles text[], networks uuid[], factors int, proved_at timestamptz, method text,
  drafts text[], stale boolean, owes text, substitution_id uuid, giver_id uuid, giver_name text, stand_in_until date, stands_in boolean
) language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare s session := auth_asking(); held text[];
begin
  if s.id is null then return; end if;
  held := auth_held_roles();
  return query select p.id, s.id, p.name, p.locale, case when w.stands then array[u.role] else held end, auth_networks(), s.factors, s.proved_at, s.method,
      array(select form from draft d where d.person_id = p.id and d.updated_at > now() - interval '30 days'),
      s.seen_at < now() - interval '30 seconds', case when 'admin' = any (held) then auth_owes() end,
      u.id, u.giver_id, g.name, u.valid_to, w.stands
    from person p left join substitution u on u.id = s.substitution_id left join person g on g.id = u.giver_id
      cross join lateral (select u.id is not null and substitution_holds(u) as stands) w
    where p.id = s.person_id;
end $$;

create or replace function auth_broken_glass() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare opened text := current_setting('app.glass', true); mine uuid;
begin
  if coalesce(opened, '') = '' or not has_role('lead', 'member', 'supervisor') then return '{}'; end if;
  mine := auth_person();
  return (select coalesce(array_agg(b.case_id), '{}') from break_glass b
    where b.person_id = mine and b.id::text = opened and b.ended_at is null and b.until > now() and not b.case_id = any ((select auth_walled())::uuid[]));
end $$;

create or replace function auth_glass_places() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare opened uuid[] := auth_broken_glass();
begin
  if opened = '{}' then return '{}'; end if;
  return (select coalesce(array_agg(b.case_id), '{}') from break_glass b
    where b.id::text = current_setting('app.glass', true) and b.reason = 'danger' and b.case_id = any (opened));
end $$;

create or replace function auth_glass_open() returns jsonb language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine uuid := auth_person(); open break_glass;
begin
  select b.* into open from break_glass b where b.person_id = mine and b.opened_at is not null and b.ended_at is null and b.until > now()
    and not b.case_id = any ((select auth_walled())::uuid[]) limit 1;
  if open.id is null or not has_role('lead', 'member', 'supervisor') then return null; end if;
  return jsonb_build_object('id', open.id, 'number', open.number, 'until', open.until);
end $$;

-- Begins to ask: sets the claim for this transaction and says whose it is, in one statement. Not a second time: what runs as one person
-- never becomes another's within itself.
create function auth_open(claim text) returns table (
  person_id uuid, session_id uuid, name text, locale text, roles text[], networks uuid[], factors int, proved_at timestamptz, method text,
  drafts text[], stale boolean, owes text, substitution_id uuid, giver_id uuid, giver_name text, stand_in_until date, stands_in boolean, glass jsonb
) language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if coalesce(current_setting('app.claim', true), '') <> '' then raise exception 'somebody is asking already' using errcode = '42501'; end if;
  execute format('set local app.claim = %L', claim);
  return query select w.*, auth_glass_open() from auth_whoami() w;
end $$;
