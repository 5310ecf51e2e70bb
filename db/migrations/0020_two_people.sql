-- What takes a second person, and how does somebody get the first key to this house?
set local role tugivork_owner;

-- A role, a closed account opened again, a way back in: one person asks, another decides, and it is for a third.
create table confirmation (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('role', 'reopen', 'recover')),
  person_id uuid not null references person,
  role text check (role <> 'system'), network_id uuid references network, agency text, valid_from date, valid_to date,
  -- How the one who asked for a way back in was recognised, by the first and by the second person.
  way text check (way in ('document', 'known', 'video')), reason text check (reason <> ''),
  proposed_by uuid not null references person, proposed_at timestamptz not null default now(), expires_at timestamptz not null,
  decision text check (decision in ('confirmed', 'refused', 'withdrawn', 'first')), decided_by uuid references person, decided_at timestamptz,
  decision_way text check (decision_way in ('document', 'known', 'video')), decision_reason text,
  stopped_at timestamptz,
  check (proposed_by <> person_id),
  check ((decision is null) = (decided_at is null) and (decided_by is null) = (coalesce(decision, 'first') = 'first')),
  check (decision not in ('confirmed', 'refused') or decided_by not in (proposed_by, person_id)),
  check (decision is distinct from 'withdrawn' or decided_by = proposed_by),
  check (decision is distinct from 'first' or kind = 'role'),
  check (decision is distinct from 'refused' or coalesce(decision_reason, '') <> ''),
  check ((kind = 'role') = (role is not null) and (kind = 'role') = (valid_from is not null) and (kind = 'role') = (valid_to is not null)),
  check (kind <> 'role' or (role in ('lead', 'member')) = (network_id is not null)), check (valid_to >= valid_from),
  check ((kind = 'recover') = (way is not null)),
  check (kind <> 'recover' or (coalesce(decision, '') = 'confirmed') = (decision_way is not null)),
  check (stopped_at is null or kind = 'recover'),
  -- Of those who help the register of volunteers tells why; of everybody else the one who asks.
  check (reason is not null or (kind = 'role' and role in ('volunteer', 'supervisor'))),
  check (expires_at <= proposed_at + interval '31 days')
);
create index on confirmation (person_id);
create index on confirmation (expires_at) where decision is null;
select classify('confirmation', 'C1', 'id kind person_id role network_id agency valid_from valid_to way proposed_by proposed_at expires_at decision decided_by decided_at decision_way stopped_at');
select classify('confirmation', 'C2', 'reason decision_reason');

-- A link by e-mail and a code by word of mouth; neither is kept, only what recognises them.
create table invitation (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person,
  -- The way back in on which two people agreed; without one it is a first key.
  confirmation_id uuid references confirmation,
  token_hash bytea not null unique, code_hash bytea not null,
  made_by uuid references person, made_at timestamptz not null default now(), expires_at timestamptz not null,
  used_at timestamptz, voided_at timestamptz, voided_by uuid references person
);
create unique index invitation_one_open on invitation (person_id) where used_at is null and voided_at is null;
create index on invitation (confirmation_id);
select classify('invitation', 'C1', 'id person_id confirmation_id made_by made_at expires_at used_at voided_at voided_by');
select classify('invitation', 'C2', 'token_hash code_hash');

-- A letter may lead to one page of ours; where it leads is closed until it is sent.
alter table mail_outbox add column link_sealed bytea;
select classify('mail_outbox', 'C2', 'link_sealed');

-- The role somebody holds of their own today: what is only lent to them gives no say over other people's rights.
create function holds(who uuid, variadic wanted text[]) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from person_role r join person p on p.id = r.person_id where r.person_id = who and r.role = any(wanted)
    and p.status = 'active' and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to)
$$;

-- The same of whoever asks, where it counts at this moment: an administrator who owes keys holds nothing.
create function auth_holds(variadic wanted text[]) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select auth_roles() && wanted and holds(auth_person(), variadic wanted)
$$;

-- Somebody whose roles, today and to come, are those of a volunteer or of a supervisor and no other.
create function only_helps(who uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(bool_and(role in ('volunteer', 'supervisor')), false) from person_role
  where person_id = who and valid_to >= (now() at time zone 'Europe/Tallinn')::date
$$;

-- Somebody who has come in with keys of their own, or could: their door is opened anew by two people only.
create function account_stands(who uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from session where person_id = who and method not in ('demo', 'service'))
    or exists (select 1 from credential where person_id = who and not password_once)
$$;

-- Who may be the second person: never the one who asked, never the one it is for. An administrator always; for those who help, the
-- coordinator, the project manager and, for a way back in, the supervisor too; where no other administrator is left, the first two for all.
create function confirmation_deciders(the_kind text, the_role text, who uuid, asked_by uuid) returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with held as (
    select r.person_id, r.role from person_role r join person p on p.id = r.person_id
    where p.status = 'active' and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to and r.person_id not in (who, asked_by)),
  case_of as (
    select not exists (select 1 from held where role = 'admin') as alone,
      case when the_kind = 'role' then the_role in ('volunteer', 'supervisor') else only_helps(who) end as helps)
  select coalesce(array_agg(distinct person_id), '{}') from held, case_of
  where role = 'admin' or (role in ('coordinator', 'manager') and (alone or helps))
    or (role = 'supervisor' and the_kind = 'recover' and helps
      and exists (select 1 from volunteer v where v.person_id = who and v.supervisor_id = held.person_id))
$$;

-- A role that two people agreed on begins; one that has run out in the meantime does not.
create function confirmation_take_effect(c confirmation) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if c.kind = 'role' then
    insert into person_role (person_id, role, network_id, agency, valid_from, valid_to)
    values (c.person_id, c.role, c.network_id, c.agency, c.valid_from, c.valid_to);
  elsif c.kind = 'reopen' then
    update person set status = 'active' where id = c.person_id;
  end if;
end $$;

-- True where the decision counts; false where it is no longer open. Those who may not decide are told nothing.
create function confirmation_decide(the_id uuid, how text, why text, seen text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c confirmation;
begin
  select * into c from confirmation where id = the_id for update;
  if c.id is null or how not in ('confirmed', 'refused') or not auth_fresh() or not auth_in_person() or cardinality(auth_roles()) = 0
    or not coalesce(auth_person() = any (confirmation_deciders(c.kind, c.role, c.person_id, c.proposed_by)), false) then
    raise exception 'not for you' using errcode = '42501';
  end if;
  if c.decision is not null or c.stopped_at is not null or c.expires_at <= now() or c.valid_to < (now() at time zone 'Europe/Tallinn')::date
    or (c.kind <> 'reopen' and not exists (select 1 from person where id = c.person_id and status = 'active')) then return false; end if;
  update confirmation set decision = how, decided_by = auth_person(), decided_at = now(), decision_reason = why,
    decision_way = case when how = 'confirmed' then seen end where id = the_id;
  if how = 'confirmed' then perform confirmation_take_effect(c); end if;
  return true;
end $$;

create function confirmation_withdraw(the_id uuid) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update confirmation set decision = 'withdrawn', decided_by = proposed_by, decided_at = now()
    where id = the_id and proposed_by = auth_person() and decision is null and stopped_at is null and expires_at > now() returning 1)
  select exists (select 1 from done)
$$;

-- "It was not me": whoever is signed in stops every way back into their own account that is not yet taken.
create function confirmation_stop() returns int language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with stopped as (update confirmation c set stopped_at = now()
    where person_id = auth_person() and kind = 'recover' and stopped_at is null and (decision is null or decision = 'confirmed')
      and not exists (select 1 from invitation i where i.confirmation_id = c.id and i.used_at is not null) returning id),
  voided as (update invitation set voided_at = now(), voided_by = auth_person()
    where person_id = auth_person() and used_at is null and voided_at is null)
  select count(*)::int from stopped
$$;

-- Since when somebody is on the way to opening my account anew, or null.
create function auth_recovery() returns timestamptz language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select max(proposed_at) from confirmation c where person_id = auth_person() and kind = 'recover' and stopped_at is null and expires_at > now()
    and (decision is null or decision = 'confirmed') and not exists (select 1 from invitation i where i.confirmation_id = c.id and i.used_at is not null)
$$;

-- In a house with one person there is no second one yet. The first colleague who could be one is let in by the first administrator
-- alone, and the record says so; whoever has once had company never decides alone again.
create function confirmation_first() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c confirmation;
begin
  perform pg_advisory_xact_lock(4713);
  if exists (select 1 from person_role where role in ('admin', 'coordinator', 'manager') and person_id <> new.proposed_by)
    or not holds(new.proposed_by, 'admin') then return new; end if;
  update confirmation set decision = 'first', decided_at = now() where id = new.id returning * into c;
  perform confirmation_take_effect(c);
  return new;
end $$;
create trigger confirmation_first after insert on confirmation for each row
  when (new.kind = 'role' and new.role in ('admin', 'coordinator', 'manager')) execute function confirmation_first();

-- The recovery of this person on which I am one of the two, agreed upon and not yet taken.
create function invitation_recovery(who uuid) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id from confirmation c where c.kind = 'recover' and c.person_id = who and c.decision = 'confirmed' and c.stopped_at is null
    and auth_person() in (c.proposed_by, c.decided_by) and c.person_id <> auth_person() and c.expires_at > now()
    and not exists (select 1 from invitation i where i.confirmation_id = c.id and i.used_at is not null)
  order by c.decided_at desc limit 1
$$;

-- A first key is sent to somebody with a role who has never had one: by an administrator, to those who help by the coordinator too.
create function may_invite(who uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select who <> auth_person() and not account_stands(who)
    and exists (select 1 from person where id = who and status = 'active')
    and exists (select 1 from person_role where person_id = who and role <> 'system' and valid_to >= (now() at time zone 'Europe/Tallinn')::date)
    and (auth_holds('admin') or (auth_holds('coordinator') and only_helps(who)))
$$;

-- Until when the link that was sent last holds: told to those who may send another.
create function invitation_until(who uuid) returns timestamptz language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select expires_at from invitation where person_id = who and used_at is null and voided_at is null and expires_at > now()
    and (invitation_recovery(who) is not null or may_invite(who))
$$;

-- The newer invitation voids the older one. Its id is the caller's, for the code is recognised under it.
create function invitation_make(the_id uuid, who uuid, token bytea, code bytea, days int) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare agreed uuid := invitation_recovery(who);
begin
  if not auth_fresh() or not auth_in_person() or cardinality(auth_roles()) = 0 or not coalesce(agreed is not null or may_invite(who), false) or days not between 1 and 31 then
    raise exception 'not for you' using errcode = '42501';
  end if;
  update invitation set voided_at = now(), voided_by = auth_person() where person_id = who and used_at is null and voided_at is null;
  insert into invitation (id, person_id, confirmation_id, token_hash, code_hash, made_by, expires_at)
  values (the_id, who, agreed, token, code, auth_person(), now() + make_interval(days => days));
  return case when agreed is null then 'invitation' else 'recovery' end;
end $$;

create function invitation_void(who uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not coalesce(invitation_recovery(who) is not null or may_invite(who), false) then raise exception 'not for you' using errcode = '42501'; end if;
  update invitation set voided_at = now(), voided_by = auth_person() where person_id = who and used_at is null and voided_at is null;
  return found;
end $$;

-- How far everybody is on the way in: told to the administrator, and of those who help to the coordinator. Nothing that opens a door.
create function account_states() returns table (person_id uuid, state text, until timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, case when account_stands(p.id) then 'ready' when i.expires_at > now() then 'invited' when i.id is not null then 'expired' else 'none' end, i.expires_at
  from person p left join invitation i on i.person_id = p.id and i.used_at is null and i.voided_at is null
  where has_role('admin') or (has_role('coordinator') and only_helps(p.id))
$$;

-- The door, for somebody who holds a link and nothing else yet.
create function door_invitation(token bytea) returns table (id uuid, recovery boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.id, i.confirmation_id is not null from invitation i join person p on p.id = i.person_id
  where i.token_hash = token and i.used_at is null and i.voided_at is null and i.expires_at > now() and p.status = 'active'
$$;

-- Link and code together empty the old keys and let their owner make new ones; the invitation is spent when these stand. The password is
-- one that nobody knows. Until then the same two may be shown again: whoever is called away half-way is not shut out.
create function door_invited(the_id uuid, code bytea, hash text) returns uuid language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid;
begin
  select i.person_id into who from invitation i join person p on p.id = i.person_id where i.id = the_id and i.code_hash = code
    and i.used_at is null and i.voided_at is null and i.expires_at > now() and p.status = 'active' for update of i;
  if who is null then return null; end if;
  insert into credential (person_id, password_hash, password_once) values (who, hash, true)
  on conflict (person_id) do update set password_hash = excluded.password_hash, password_once = true, password_changed_at = now(),
    totp_sealed = null, totp_confirmed_at = null, totp_last_step = 0;
  delete from recovery_code where person_id = who;
  update session set ended_at = now(), ended_why = 'replaced' where person_id = who and ended_at is null;
  return who;
end $$;

-- A password that nobody knows is replaced by one's own, while the invitation lasts; with it the invitation is spent.
create or replace function door_password_set(who uuid, hash text) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update credential set password_hash = hash, password_once = false, password_changed_at = now()
    where person_id = who and password_once and totp_confirmed_at is not null and exists (select 1 from invitation i
      where i.person_id = who and i.used_at is null and i.voided_at is null and i.expires_at > now()) returning person_id),
  spent as (update invitation set used_at = now() where person_id in (select person_id from done) and used_at is null and voided_at is null)
  select exists (select 1 from done)
$$;

-- Nobody hands out passwords any more.
create or replace function door_credential(mail text) returns table (
  person_id uuid, name text, locale text, password_hash text, totp_sealed bytea, totp_last_step bigint, roles text[]
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.name, p.locale, c.password_hash, case when c.totp_confirmed_at is null then null else c.totp_sealed end, c.totp_last_step,
    (select coalesce(array_agg(distinct r.role), '{}') from person_role r where r.person_id = p.id
      and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to)
  from person p join credential c on c.person_id = p.id where p.email = lower(mail) and p.status = 'active' and not c.password_once
$$;
drop function credential_issue(uuid, text);
drop function credential_states();

-- The first administrator is invited like everybody else; the installer holds both link and code. Again where the first invitation ran out.
drop function door_first_admin(text, text, text);
create function door_first_admin(mail text, called text, the_id uuid, token bytea, code bytea) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare made uuid;
begin
  perform pg_advisory_xact_lock(4713);
  if exists (select 1 from person_role r join person p on p.id = r.person_id where r.role = 'admin' and p.status = 'active'
    and (now() at time zone 'Europe/Tallinn')::date <= r.valid_to
    and (p.email <> lower(mail) or account_stands(p.id) or not exists (select 1 from invitation i where i.person_id = p.id and i.made_by is null)))
  then return null; end if;
  select p.id into made from person p join invitation i on i.person_id = p.id and i.made_by is null where p.email = lower(mail) and not account_stands(p.id);
  if made is null then
    insert into person (email, name) values (lower(mail), called) returning id into made;
    insert into person_role (person_id, role, valid_from, valid_to) values (made, 'admin', (now() at time zone 'Europe/Tallinn')::date, '2999-12-31');
  end if;
  update invitation set voided_at = now() where person_id = made and used_at is null and voided_at is null;
  insert into invitation (id, person_id, token_hash, code_hash, expires_at) values (the_id, made, token, code, now() + interval '7 days');
  return made;
end $$;

-- An account is closed by one person, and opened again by two.
create or replace function person_guard() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_user <> 'tugivork_write' then return new; end if;
  if (new.status <> old.status and (new.status <> 'disabled' or not has_role('admin')))
    or (new.marac_trained_on is distinct from old.marac_trained_on and not has_role('admin', 'coordinator')) or (new.id = auth_person()
    and (new.status <> old.status or new.marac_trained_on is distinct from old.marac_trained_on))
    -- Without its own account the process would fall silent: no reminder, no alarm.
    or exists (select 1 from person_role where person_id = new.id and role = 'system') then
    raise exception 'not for you' using errcode = '42501';
  end if;
  return new;
end $$;

-- Whoever is shut out holds no link either.
create or replace function person_shut_out() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update session set ended_at = now(), ended_why = 'disabled' where person_id = new.id and ended_at is null;
  update invitation set voided_at = now(), voided_by = auth_person() where person_id = new.id and used_at is null and voided_at is null;
  return new;
end $$;

-- One person shortens a role; a longer one is a new one.
create function role_guard() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_user = 'tugivork_write' and new.valid_to > old.valid_to then
    raise exception 'a role is given by two' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger role_guard before update on person_role for each row execute function role_guard();
