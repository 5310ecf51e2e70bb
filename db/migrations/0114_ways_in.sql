-- Who may write down a way in so that it opens? The program alone: each bears a seal whose key lies outside the database. And whoever has one hears
-- of each change to it.
set local role tugivork_owner;

-- A passkey and a card open the door only with the seal of the program over whose they are and what they are; one without it, or with that of another
-- row, opens nothing and raises an incident.
alter table passkey add column seal bytea check (octet_length(seal) = 32);
select classify('passkey', 'C1', 'seal');
-- `again_at`: since when a card has to be linked anew, by its owner, before it opens anything.
alter table person_identity add column seal bytea check (octet_length(seal) = 32), add column again_at timestamptz;
select classify('person_identity', 'C1', 'seal again_at');

drop function door_passkey(bytea);
create function door_passkey(credential bytea) returns table (
  id uuid, person_id uuid, email text, public_key bytea, seal bytea, roles text[]
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k.id, p.id, p.email, k.public_key, k.seal,
    (select coalesce(array_agg(distinct r.role), '{}') from person_role r where r.person_id = p.id
      and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to)
  from passkey k join person p on p.id = k.person_id where k.credential_id = credential and p.status = 'active'
$$;

-- The card behind an index, for somebody who may come in today, and whether it has to be linked anew.
drop function door_identity(bytea);
create function door_identity(subject bytea) returns table (person_id uuid, roles text[], seal bytea, again boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, array_agg(distinct r.role), i.seal, i.again_at is not null
  from person_identity i join person p on p.id = i.person_id join person_role r on r.person_id = p.id
  where i.subject_index = subject and p.status = 'active' and r.role <> 'system'
    and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to
  group by p.id, i.seal, i.again_at
$$;

-- Whoever links her own card anew takes the place of what had to be linked anew: of her own account, and of whatever account others wrote it at.
create function identity_anew() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from person_identity where again_at is not null and (person_id = new.person_id or subject_index = new.subject_index);
  return new;
end $$;
create trigger identity_anew before insert on person_identity for each row when (new.again_at is null) execute function identity_anew();

-- As before; but a card that has to be linked anew is no other way in.
create or replace function auth_remove_passkey(key uuid) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); keys int; demo boolean := exists (select 1 from session where id = auth_session() and method = 'demo');
begin
  if not auth_fresh() then raise exception 'not fresh' using errcode = '42501'; end if;
  perform 1 from passkey where person_id = me for update;
  select count(*) into keys from passkey where person_id = me;
  if not exists (select 1 from passkey where id = key and person_id = me) then return 'missing'; end if;
  if not demo and 'admin' = any (auth_held_roles()) and keys <= 2 then return 'two'; end if;
  if not demo and keys = 1 and not exists (select 1 from credential where person_id = me)
    and not exists (select 1 from person_identity where person_id = me and again_at is null) then return 'last'; end if;
  update session set ended_at = now(), ended_why = 'replaced' where passkey_id = key and ended_at is null;
  delete from passkey where id = key;
  return 'done';
end $$;

-- The letter that says so: to her own address, whoever has written the row; one for all that changes at once. An address that changed is told itself,
-- and so is the one before, which is forgotten as soon as the letter has left.
alter table mail_outbox add column to_before text;
select classify('mail_outbox', 'C2', 'to_before');

create function way_changed(who uuid, the_kind text, before text) returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into mail_outbox (person_id, kind, unique_key, to_before)
  select p.id, the_kind, 'way/' || p.id || '/' || pg_current_xact_id()::text || case when before is null then '' else '/before' end, before
  from person p where p.id = who and p.status = 'active' and p.email not like 'kustutatud-%@localhost.invalid' on conflict do nothing
$$;

create function way_tells() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare was jsonb := to_jsonb(old); made jsonb := to_jsonb(new);
begin
  -- What had to be linked anew opened nothing: that it goes is no news.
  if tg_op = 'DELETE' and was ->> 'again_at' is not null then return null; end if;
  if tg_table_name = 'person' then
    perform way_changed(new.id, 'way-changed', old.email);
    perform way_changed(new.id, 'way-changed', null);
  elsif tg_table_name = 'person_identity' and tg_op = 'INSERT' then perform way_changed(new.person_id, 'new-way-in', null);
  else
    if tg_op = 'UPDATE' and was ->> 'person_id' is distinct from made ->> 'person_id' then perform way_changed(old.person_id, 'way-changed', null); end if;
    perform way_changed(coalesce(made ->> 'person_id', was ->> 'person_id')::uuid, 'way-changed', null);
  end if;
  return null;
end $$;
create trigger way_tells after insert or delete on passkey for each row execute function way_tells();
create trigger way_tells_moved after update of person_id, credential_id, public_key on passkey for each row execute function way_tells();
create trigger way_tells after insert or delete on person_identity for each row execute function way_tells();
create trigger way_tells_moved after update of person_id, subject_index on person_identity for each row execute function way_tells();
create trigger way_tells after update of email on person for each row when (old.email <> new.email) execute function way_tells();
-- A password and a second factor that stood before; the first ones are made by whoever holds the invitation.
create trigger way_tells after update of password_hash, totp_confirmed_at on credential for each row
  when (not old.password_once and not new.password_once and (old.password_hash <> new.password_hash or old.totp_confirmed_at is distinct from new.totp_confirmed_at))
  execute function way_tells();

-- As before; and the address from before a change is forgotten where its letter could not leave.
create or replace function mail_forget() returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare forgotten int;
begin
  if not has_role('system') then return 0; end if;
  update mail_outbox set
    to_sealed = case when attempts < 5 then to_sealed end, link_sealed = case when attempts < 5 then link_sealed end,
    to_before = case when attempts < 5 then to_before end,
    unique_key = case when unique_key like 'application/%' and created_at < now() - interval '1 day' then null else unique_key end
  where (attempts >= 5 and (to_sealed is not null or link_sealed is not null or to_before is not null))
    or (unique_key like 'application/%' and created_at < now() - interval '1 day');
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;

-- A code that was told by word of mouth counts for the one it was made for: moved to another, the invitation opens nothing. What is waiting was
-- made without, and is sent anew; the first of a house was made by whoever holds the keys, before there was anybody.
create function door_invitation_for(the_id uuid) returns table (whose text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when made_by is null and confirmation_id is null then '' else '/' || person_id end from invitation where id = the_id
$$;
alter table invitation no force row level security;
update invitation set voided_at = now() where used_at is null and voided_at is null and not (made_by is null and confirmation_id is null);

-- What ended when somebody came back by two people, to be told to her on every page of the way.
alter table invitation add column ended jsonb;
select classify('invitation', 'C1', 'ended');

-- As before; and where two people helped her back, everything that opened the account before is over – whoever has taken it from her holds nothing any
-- more: passkeys, card, password, second factor and its codes, sessions, known browsers and the link to her calendar. She hears which, and so does the
-- log, with the names of the two.
drop function door_invited(uuid, bytea, text);
create function door_invited(the_id uuid, code bytea, hash text) returns table (person_id uuid, ended jsonb)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare i invitation; c confirmation; who uuid; gone jsonb;
begin
  select v.* into i from invitation v join person p on p.id = v.person_id where v.id = the_id and v.code_hash = code
    and v.used_at is null and v.voided_at is null and v.expires_at > now() and p.status = 'active' for update of v;
  if i.id is null then return; end if;
  who := i.person_id;
  select * into c from confirmation k where k.id = i.confirmation_id;
  gone := jsonb_build_object(
    'passkeys', (select count(*) from passkey k where k.person_id = who), 'card', (select count(*) from person_identity k where k.person_id = who),
    'password', (select count(*) from credential k where k.person_id = who and not k.password_once),
    'codes', (select count(*) from recovery_code k where k.person_id = who and k.used_at is null),
    'sessions', (select count(*) from session s where s.person_id = who and s.ended_at is null and s.idle_until > now() and s.absolute_until > now()),
    'browsers', (select count(distinct s.browser) from session s where s.person_id = who and s.browser is not null),
    'calendar', (select count(*) from calendar_feed f where f.person_id = who));
  if i.confirmation_id is not null and i.ended is null then
    -- The first letter of this moment is the one that tells it all.
    perform way_changed(who, 'recovered', null);
    perform audit_append('access.recovered', 'person', who::text, null, null, 'done',
      array(select e.key from jsonb_each(gone) e where e.value <> '0') || array['by:' || c.proposed_by, 'by:' || c.decided_by], null, null);
  end if;
  insert into credential (person_id, password_hash, password_once) values (who, hash, true)
  on conflict (person_id) do update set password_hash = excluded.password_hash, password_once = true, password_changed_at = now(),
    totp_sealed = null, totp_confirmed_at = null, totp_last_step = 0;
  delete from recovery_code k where k.person_id = who;
  delete from passkey k where k.person_id = who;
  delete from person_identity k where k.person_id = who;
  delete from calendar_feed k where k.person_id = who;
  update session s set ended_at = now(), ended_why = 'replaced' where s.person_id = who and s.ended_at is null;
  perform browsers_forget(who, null);
  update invitation v set ended = coalesce(v.ended, gone) where v.id = i.id returning v.ended into gone;
  return query select who, case when i.confirmation_id is not null then gone else '{}'::jsonb end;
end $$;

-- What has changed at my own doors within half a year, newest first, and who did it; told from the log.
create index audit_event_own_doors on audit_event (actor, seq) where action in ('passkey.add', 'passkey.remove', 'account.linkIdentity', 'account.unlinkIdentity',
  'account.changePassword', 'account.changeFactor', 'account.renewCodes', 'calendar.make');
create index audit_event_at_doors on audit_event (object_id, seq) where object_kind = 'person' and (action ~ '^(access|people)[.]');
create function auth_doors() returns table (at timestamptz, action text, who text, helpers text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with mine as (
    (select e.* from audit_event e where e.actor = auth_person() and e.at > now() - interval '180 days' and e.result = 'done'
      and e.action in ('passkey.add', 'passkey.remove', 'account.linkIdentity', 'account.unlinkIdentity', 'account.changePassword', 'account.changeFactor',
        'account.renewCodes', 'calendar.make') order by e.seq desc limit 10)
    union all
    (select e.* from audit_event e where e.object_kind = 'person' and e.object_id = auth_person()::text and e.action ~ '^(access|people)[.]'
      and e.at > now() - interval '180 days' and e.action in ('access.recovered', 'people.unlinkIdentity', 'access.unsealed') order by e.seq desc limit 10))
  select m.at, m.action, case when m.actor <> auth_person() and m.action <> 'access.unsealed' then (select p.name from person p where p.id = m.actor) end,
    array(select p.name from unnest(m.fields) f join person p on 'by:' || p.id = f order by p.name)
  from mine m where auth_person() is not null order by m.seq desc limit 10
$$;

-- A row that the program has not sealed: it opened nothing, and whoever answers for the log judges how it came there.
alter table watch_finding drop constraint watch_finding_rule_check;
alter table watch_finding add constraint watch_finding_rule_check
  check (rule in ('seal', 'bait', 'surname', 'untied', 'volume', 'hours', 'denied', 'codes', 'reveal', 'sample', 'glass'));

create function unsealed(what text, row_id text, who uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare at_seq bigint; about text := 'seal/' || what || '/' || row_id; today date := (now() at time zone 'Europe/Tallinn')::date;
begin
  at_seq := audit_append('access.unsealed', 'person', who::text, null, null, 'alarm', array[what, row_id], null, null);
  about := about || '/' || (select count(*) from watch_finding f where f.key like about || '/%' and f.judgement is not null);
  insert into watch_finding as w (rule, person_id, key, count, first_seq, last_seq, from_at, to_at)
  select 'seal', p.id, about, 1, at_seq, at_seq, now(), now() from person p where p.id = who
  on conflict (key) do update set count = w.count + 1, last_seq = excluded.last_seq, to_at = excluded.to_at;
  with others as (select r.role, r.person_id from person_role r join person p on p.id = r.person_id
      where r.role in ('auditor', 'admin') and p.status = 'active' and p.id <> who and today between r.valid_from and r.valid_to)
  insert into mail_outbox (person_id, kind, unique_key) select distinct o.person_id, 'urgent', about || '/' || o.person_id from others o
  where o.role = 'auditor' or not exists (select from others a where a.role = 'auditor') on conflict do nothing;
end $$;

create function door_unsealed(what text, row_id text, who uuid) returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select unsealed(what, row_id, who)
$$;

-- For the process, which goes through all of them: what there is, as it was sealed.
create function ways_sealed() returns table (what text, row_id text, person_id uuid, bytes bytea[], seal bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select 'passkey', k.id::text, k.person_id, array[k.credential_id, k.public_key], k.seal from passkey k where has_role('system')
  union all
  select 'card', i.person_id::text, i.person_id, array[i.subject_index], i.seal from person_identity i where has_role('system') and i.again_at is null
$$;

create function way_found(what text, row_id text, who uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not has_role('system') then raise exception 'not for you' using errcode = '42501'; end if;
  -- Told once, until it has been judged.
  if exists (select from watch_finding f where f.key like 'seal/' || what || '/' || row_id || '/%' and f.judgement is null) then return false; end if;
  perform unsealed(what, row_id, who);
  return true;
end $$;

-- A card that somebody else had linked, before that was left to its owner: it waits for her to link it herself, opens nothing until then, and she
-- hears of it.
alter table person_identity no force row level security;
alter table mail_outbox no force row level security;
alter table person no force row level security;
update person_identity set again_at = now() where linked_by <> person_id;
insert into mail_outbox (person_id, kind, unique_key)
select p.id, 'card-again', 'card-again/' || p.id from person_identity i join person p on p.id = i.person_id where i.again_at is not null and p.status = 'active';
