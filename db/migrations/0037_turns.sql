-- How often has somebody already done what gathers or spreads much, and how long is it until they may go on?
set local role tugivork_owner;

-- What is left to me of these in this hour or day, by the log itself. Holds my turn until the end of the transaction, so that what is sent
-- at once is counted one by one. The default is that of the setting in the program.
create function auth_turns(kind text, actions text[], span text, setting_name text, otherwise int, out remaining int, out seconds int)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); begun timestamptz := date_trunc(span, now(), 'Europe/Tallinn');
begin
  perform pg_advisory_xact_lock(hashtextextended(me::text || '/' || kind, 4716));
  remaining := setting_now(setting_name, otherwise) - (select count(*) from audit_event e
    where e.actor = me and e.at >= begun and e.action = any (actions) and e.result = 'done');
  seconds := ceil(extract(epoch from date_trunc(span, now() + ('1 ' || span)::interval, 'Europe/Tallinn') - now()));
end $$;

-- Pages are looked at only so fast: in how many seconds whoever has looked at too much within a minute may go on, by the log itself; null for
-- everybody else. A program that gathers is slowed down, a person never notices. The default is that of the setting in the program.
create function auth_wait() returns int language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); most int := setting_now('looksPerMinute', 120); oldest timestamptz;
begin
  -- Nobody reaches the most that can be set, so that nothing is counted for it.
  if most >= 100000 then return null; end if;
  select e.at into oldest from audit_event e where e.actor = me and e.at > now() - interval '1 minute'
    order by e.at desc offset most - 1 limit 1;
  return ceil(extract(epoch from oldest + interval '1 minute' - now()));
end $$;

drop function auth_open(text);
create function auth_open(claim text) returns table (
  person_id uuid, session_id uuid, name text, locale text, roles text[], networks uuid[], factors int, proved_at timestamptz, method text,
  drafts text[], stale boolean, owes text, substitution_id uuid, giver_id uuid, giver_name text, stand_in_until date, stands_in boolean,
  glass jsonb, wait int
) language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if coalesce(current_setting('app.claim', true), '') <> '' then raise exception 'somebody is asking already' using errcode = '42501'; end if;
  execute format('set local app.claim = %L', claim);
  return query select w.*, auth_glass_open(), auth_wait() from auth_whoami() w;
end $$;
