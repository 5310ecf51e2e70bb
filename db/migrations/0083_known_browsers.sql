-- By which browser has somebody come in before? There only her own mistakes make her wait: whoever guesses elsewhere cannot keep her out.
set local role tugivork_owner;

-- The fingerprint of a value that only this browser holds; empty where it was forgotten.
alter table session add browser bytea check (octet_length(browser) = 32);
create index on session (browser) where browser is not null;
select classify('session', 'C1', 'browser');

-- Has this person (by id or by address), or with neither anybody at all, come in by this browser within half a year?
create function door_known(who uuid, mail text, the_browser bytea) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from session s join person p on p.id = s.person_id
    where s.browser = the_browser and s.created_at > now() - interval '180 days' and p.status = 'active'
      and ((who is null and mail is null) or p.id = who or p.email = lower(mail)))
$$;

create function door_remember(claim bytea, the_browser bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update session set browser = the_browser where claim_hash = claim and ended_at is null
$$;

-- Every browser of a person's, but the one named, is a stranger again. For the functions below alone.
create function browsers_forget(who uuid, but bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update session set browser = null where person_id = who and browser is not null and browser is distinct from but
$$;

-- Who ends a session elsewhere takes that browser to be no longer hers.
create or replace function auth_end_one(the_session uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); there bytea; here bytea := (select browser from session where id = auth_session());
begin
  select browser into there from session where id = the_session and person_id = me and ended_at is null for update;
  if not found then return false; end if;
  update session set ended_at = now(), ended_why = 'sign-out' where id = the_session;
  update session set browser = null where person_id = me and browser = there and browser is distinct from here;
  return true;
end $$;

create or replace function auth_end(why text, everywhere boolean) returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); mine uuid := auth_session(); ended int;
begin
  update session set ended_at = now(), ended_why = why where ended_at is null and person_id = me and (everywhere or id = mine);
  get diagnostics ended = row_count;
  if everywhere then perform browsers_forget(me, null); end if;
  return ended;
end $$;

create or replace function auth_set_password(hash text) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not auth_fresh() then raise exception 'not fresh' using errcode = '42501'; end if;
  update credential set password_hash = hash, password_once = false, password_changed_at = now() where person_id = auth_person();
  if not found then raise exception 'no credential' using errcode = 'P0002'; end if;
  update session set ended_at = now(), ended_why = 'replaced' where person_id = auth_person() and id <> auth_session() and ended_at is null;
  perform browsers_forget(auth_person(), (select browser from session where id = auth_session()));
end $$;

-- Whoever gets a new way in from somebody else has lost the old ones: keys go with the password, and so do the browsers.
create or replace function credential_replaced() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from passkey where person_id = new.person_id;
  perform browsers_forget(new.person_id, null);
  return new;
end $$;

-- Whoever is shut out holds no link either, and no browser that is known.
create or replace function person_shut_out() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update session set ended_at = now(), ended_why = 'disabled' where person_id = new.id and ended_at is null;
  update invitation set voided_at = now(), voided_by = auth_person() where person_id = new.id and used_at is null and voided_at is null;
  perform browsers_forget(new.id, null);
  return new;
end $$;
