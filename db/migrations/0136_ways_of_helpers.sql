-- With what does somebody come in who only helps? With a passkey or her own card; with a password only where two people have said so (docs/decisions/0063).
set local role tugivork_owner;

-- A password counts for nothing with whoever only helps, unless the setting says that it does. The default is that of the program.
create function password_barred(who uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select only_helps(who) and coalesce((select value #>> '{}' from setting where name = 'helperPassword' and valid_from <= (now() at time zone 'Europe/Tallinn')::date
    order by valid_from desc limit 1), 'no') <> 'yes'
$$;

-- As before, and that setting.
create or replace function settings_of_two() returns table (name text, loose text, standard jsonb, most int) language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  values ('paperYears', 'either', '7'::jsonb, null::int), ('talkMonths', 'either', '12', null), ('volunteerYears', 'either', '7', null), ('refusedMonths', 'either', '6', null),
    ('fieldKeepDays', 'more', '14', null), ('fieldListDays', 'more', '60', null), ('referralShownMonths', 'more', '12', null), ('smallCount', 'less', '5', null),
    ('revealMinutes', 'more', '1', null), ('planLookMinutes', 'more', '5', null), ('revealsPerDay', 'more', '10', 30), ('looksPerMinute', 'more', '120', 240),
    ('exportsPerDay', 'more', '10', 30), ('searchesPerHour', 'more', '120', 300), ('codesPerDay', 'more', '20', 60), ('findsPerDay', 'more', '20', 60),
    ('linksToldPerDay', 'more', '30', 100), ('invitationsPerDay', 'more', '100', 200), ('uploadsPerDay', 'more', '20', 60), ('keyChangesPerDay', 'more', '10', 30),
    ('referralsPerDay', 'more', '20', 60), ('applicationsPerHour', 'more', '5', 30), ('applicationsPerDay', 'more', '200', 1000), ('referenceTriesPerHour', 'more', '20', 60),
    ('glassMinutes', 'more', '60', null), ('glassUses', 'more', '3', null), ('glassDays', 'less', '30', null), ('glassReviewDays', 'more', '1', null), ('glassGuidedDays', 'more', '30', null),
    ('planSelfApproval', 'yes', '"no"', null), ('oidcAcr', 'substantial', '"high"', null), ('helperPassword', 'yes', '"no"', null), ('invitationDays', 'more', '7', null),
    ('fieldTries', 'more', '10', null), ('fieldLockMinutes', 'more', '5', null), ('fieldPinDigits', 'less', '6', null)
$$;

-- As before; and whoever only helps and came in by a password that is barred shows the key or card that is there, or adds the first one.
create or replace function auth_owes() returns text language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine session := auth_asking(); held text[]; keys int;
begin
  if mine.id is null or mine.method in ('demo', 'service') then return null; end if;
  held := auth_held_roles();
  if 'admin' = any (held) then
    select count(*) into keys from passkey where person_id = mine.person_id;
    return case when mine.method <> 'passkey' and keys > 0 then 'prove' when keys < 2 then 'register' end;
  end if;
  if mine.method <> 'password' or not held <@ array['volunteer', 'supervisor'] or not password_barred(mine.person_id) then return null; end if;
  return case when exists (select from passkey where person_id = mine.person_id)
    or exists (select from person_identity where person_id = mine.person_id and again_at is null) then 'prove' else 'register' end;
end $$;

-- As before, in what it holds of whom: nothing by a barred password either.
do $$
declare written text := pg_get_functiondef('held_now()'::regprocedure); part record;
begin
  for part in select * from (values
      ('declare mine held;', 'declare mine held; how text;'),
      ('r.led, s.substitution_id', 'r.led, s.substitution_id, s.method'),
      ('mine.led, standing', 'mine.led, standing, how'),
      ('-- Before an administrator has shown the second key there is nothing to hold;', '-- Before an administrator has shown the second key there is nothing to hold, nor by a barred password;'),
      ('if ''admin'' = any (mine.roles) and', 'if (''admin'' = any (mine.roles) or (how = ''password'' and mine.roles <@ array[''volunteer'', ''supervisor''])) and')
    ) p (before, after) loop
    if strpos(written, part.before) = 0 then raise exception 'held_now() no longer says %', part.before; end if;
    written := replace(written, part.before, part.after);
  end loop;
  execute written;
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
      s.seen_at < now() - interval '30 seconds',
      case when 'admin' = any (held) or (s.method = 'password' and held <@ array['volunteer', 'supervisor']) then auth_owes() end,
      u.id, u.giver_id, g.name, u.valid_to, w.stands
    from person p left join substitution u on u.id = s.substitution_id left join person g on g.id = u.giver_id
      cross join lateral (select u.id is not null and substitution_holds(u) as stands) w
    where p.id = s.person_id;
end $$;

-- As before; a barred password is a way only as long as there is no other: it leads to making one.
create or replace function way_left(who uuid, but_key uuid, but_card boolean) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from passkey where person_id = who and id is distinct from but_key)
    or (not but_card and exists (select from person_identity where person_id = who and again_at is null))
    or (exists (select from credential where person_id = who and not password_once and totp_confirmed_at is not null)
      and not (password_barred(who) and (exists (select from passkey where person_id = who)
        or exists (select from person_identity where person_id = who and again_at is null))))
$$;

-- As before; of a password that is barred there is nothing to change.
create or replace function auth_credential() returns table (password_changed_at timestamptz, totp_confirmed_at timestamptz, codes_left int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.password_changed_at, c.totp_confirmed_at, (select count(*)::int from recovery_code r where r.person_id = c.person_id and r.used_at is null)
  from credential c where c.person_id = auth_person() and not password_barred(c.person_id)
$$;

-- As before; and whether she only helps, and whether a password counts with her.
drop function door_second(uuid);
create function door_second(who uuid) returns table (
  name text, email text, locale text, totp_sealed bytea, totp_confirmed boolean, password_once boolean, roles text[], helps boolean, barred boolean
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.name, p.email, p.locale, c.totp_sealed, c.totp_confirmed_at is not null, c.password_once,
    (select coalesce(array_agg(distinct r.role), '{}') from person_role r where r.person_id = p.id
      and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to), only_helps(p.id), password_barred(p.id)
  from person p join credential c on c.person_id = p.id where p.id = who and p.status = 'active'
$$;

-- As before; with whom a password does not count, none is made.
create or replace function door_factor_set(the_id uuid, sealed bytea, step bigint, codes bytea[]) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid := (invitation_open(the_id)).person_id;
begin
  if password_barred(who) then return false; end if;
  update credential set totp_sealed = sealed, totp_confirmed_at = now(), totp_last_step = step where person_id = who and password_once and totp_confirmed_at is null;
  if not found then return false; end if;
  delete from recovery_code where person_id = who;
  insert into recovery_code (person_id, code_hash) select who, unnest(codes);
  return true;
end $$;

create or replace function door_password_set(the_id uuid, hash text) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid := (invitation_open(the_id)).person_id;
begin
  if password_barred(who) then return false; end if;
  update credential set password_hash = hash, password_once = false, password_changed_at = now()
  where person_id = who and password_once and totp_confirmed_at is not null;
  if not found then return false; end if;
  update invitation set used_at = now() where id = the_id;
  return true;
end $$;

-- Who makes a first way in with this invitation: somebody who only helps and has shown its code, which has left a password that nobody knows.
create function first_way_of(the_id uuid) returns uuid language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid := (invitation_open(the_id)).person_id;
begin
  return (select c.person_id from credential c where c.person_id = who and c.password_once and only_helps(who));
end $$;
-- It is made: the invitation is spent, what she had begun to make beside it is gone, and the log knows.
create function first_way_made(the_id uuid, who uuid, what text) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from recovery_code where person_id = who;
  delete from credential where person_id = who;
  update invitation set used_at = now() where id = the_id;
  perform audit_append(what, 'person', who::text, null, null, 'done', '{}', null, null);
end $$;

-- A passkey: its id, or nothing where the invitation is not open, is not hers to use so, or the key is somebody's already.
create function door_key_set(the_id uuid, credential bytea, key bytea, uses bigint, carriers text[], backed boolean, called text, mark bytea) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid := first_way_of(the_id); made uuid;
begin
  if who is null then return null; end if;
  insert into passkey (person_id, credential_id, public_key, counter, transports, backed_up, name, seal)
  values (who, credential, key, uses, carriers, backed, called, mark) on conflict do nothing returning id into made;
  if made is not null then perform first_way_made(the_id, who, 'access.firstKey'); end if;
  return made;
end $$;

-- Her own card, and with it whose code it is, so that no case with it is shown to her: `done`, `taken` where it or she is linked already, or nothing.
create function door_card_set(the_id uuid, subject bytea, mark bytea, codes jsonb, kept bytea) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid := first_way_of(the_id);
begin
  if who is null then return null; end if;
  insert into person_identity (person_id, subject_index, linked_by, seal) values (who, subject, who, mark) on conflict do nothing;
  if not found then return 'taken'; end if;
  perform own_code_keep(who, codes, kept);
  perform first_way_made(the_id, who, 'access.firstCard');
  return 'done';
end $$;
-- Every network there is or was, for which a code is indexed.
create function door_networks() returns table (id uuid) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select id from network
$$;

-- As before; what is kept of a code is kept in one place, whoever may say it.
create function own_code_keep(who uuid, codes jsonb, kept bytea) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('own-code/' || who::text, 4722));
  if kept is not null and not exists (select from own_code o join jsonb_each_text(codes) c on o.network_id = c.key::uuid and o.code_index = decode(c.value, 'hex')
    where o.person_id = who and o.is_kept) then
    insert into own_code_kept (person_id, code_sealed) values (who, kept);
  end if;
  insert into own_code (person_id, network_id, code_index, is_kept)
  select who, key::uuid, decode(value, 'hex'), kept is not null from jsonb_each_text(codes)
  on conflict (person_id, network_id, code_index) do update set is_kept = true where excluded.is_kept and not own_code.is_kept;
end $$;
create or replace function own_code_set(who uuid, codes jsonb, kept bytea default null) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from person_role where person_id = who and role = 'system') or not coalesce(who = auth_person() or has_role('admin', 'system')
    or (has_role('coordinator') and exists (select 1 from volunteer where person_id = who)), false) then
    raise exception 'not for you' using errcode = '42501';
  end if;
  perform own_code_keep(who, codes, kept);
end $$;

-- As they were written last; and the first way in that she made with an invitation is told on her own page.
do $$
declare written text := pg_get_functiondef('auth_doors()'::regprocedure); before text := 'e.action in (''access.recovered'', ';
begin
  if strpos(written, before) = 0 then raise exception 'what changed at her doors is told otherwise'; end if;
  execute replace(written, before, before || '''access.firstKey'', ''access.firstCard'', ');
end $$;
