-- Who changes the address to which somebody's letters go, those about every way in among them? And where does the address of a volunteer stand?
--
-- Of a volunteer who has an account it stood twice, and nothing is sent to what the register said. There is one, the account's; what the register
-- said otherwise stays in her notes. Written past the policies, as 0119 does.
reset role;
update volunteer v set email = p.email,
  notes = case when v.email is null then v.notes else concat_ws(E'\n', v.notes, 'E-post varem registris: ' || v.email) end
from person p where p.id = v.person_id and v.name <> v.code and v.email is distinct from p.email and p.email not like 'kustutatud-%@localhost.invalid';
set local role tugivork_owner;

create function volunteer_email() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  select p.email into new.email from person p where p.id = new.person_id;
  return new;
end $$;
-- An erased volunteer has her code for a name, and no address.
create trigger volunteer_email before insert or update of email, person_id on volunteer
  for each row when (new.person_id is not null and new.name <> new.code) execute function volunteer_email();
create function email_follows() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update volunteer set email = new.email where person_id = new.id and name <> code;
  return null;
end $$;
create trigger email_follows after update of email on person for each row when (old.email <> new.email) execute function email_follows();

-- One more thing that takes two. The new address stands here until its time is over; what ends in `.invalid` is the process, or whoever was erased.
alter table confirmation add column new_email text
  check (new_email = lower(new_email) and new_email ~ '^[^[:space:]@<>,;:"]+@[^[:space:]@<>,;:"]+[.][^[:space:]@<>,;:"]+$' and new_email !~ '[.]invalid$');
select classify('confirmation', 'C2', 'new_email');
alter table confirmation
  drop constraint confirmation_kind_check, add constraint confirmation_kind_check check (kind in ('role', 'reopen', 'recover', 'email')),
  drop constraint confirmation_check11, add constraint confirmation_stopped_by_owner check (stopped_at is null or kind in ('recover', 'email')),
  add constraint confirmation_new_email check (new_email is null or kind = 'email');

-- As before; whoever changes an address can take over a way back in, so it is the same circle.
create or replace function confirmation_deciders(the_kind text, the_role text, who uuid, asked_by uuid) returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with held as (
    select r.person_id, r.role from person_role r join person p on p.id = r.person_id
    where p.status = 'active' and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to and r.person_id not in (who, asked_by)),
  case_of as (
    select not exists (select 1 from held where role = 'admin') as alone,
      case when the_kind = 'role' then the_role in ('volunteer', 'supervisor') else only_helps(who) end as helps)
  select coalesce(array_agg(distinct person_id), '{}') from held, case_of
  where role = 'admin' or (role in ('coordinator', 'manager') and (alone or helps))
    or (role = 'supervisor' and the_kind in ('recover', 'email') and helps
      and exists (select 1 from volunteer v where v.person_id = who and v.supervisor_id = held.person_id))
$$;

-- Asked for: of an account that is open, once at a time, and for an address that nobody has. She hears of it where she is, and so does whoever is there
-- where she is said to go.
create function email_asked() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Two who ask at once wait for each other here.
  perform from person where id = new.person_id and status = 'active' for no key update;
  if not found or exists (select from person_role where person_id = new.person_id and role = 'system') then raise exception 'not for you' using errcode = '42501'; end if;
  if exists (select from confirmation c where c.person_id = new.person_id and c.kind = 'email' and c.id <> new.id
    and c.decision is null and c.stopped_at is null and c.expires_at > now()) then raise exception 'somebody was first' using errcode = '40001'; end if;
  if exists (select from person where email = new.new_email) then raise exception 'somebody has it' using errcode = '23505'; end if;
  perform way_changed(new.person_id, 'email-asked', null);
  perform way_changed(new.person_id, 'email-asked-new', new.new_email);
  return null;
end $$;
create trigger email_asked after insert on confirmation for each row when (new.kind = 'email') execute function email_asked();

-- Both hear as well that nothing comes of it; of an account that is closed over it nobody hears anything more.
create function email_kept() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform way_changed(new.person_id, 'email-kept', null);
  perform way_changed(new.person_id, 'email-kept-new', new.new_email);
  return null;
end $$;
create trigger email_kept after update on confirmation for each row
  when (new.kind = 'email' and old.decision is null and old.stopped_at is null and (new.decision in ('refused', 'withdrawn') or new.stopped_at is not null))
  execute function email_kept();

-- "I did not ask for this": only she herself, after a fresh proof, and not what has been decided.
create function confirmation_keep_email(the_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not auth_fresh() then raise exception 'not fresh' using errcode = '42501'; end if;
  update confirmation set stopped_at = now()
  where id = the_id and person_id = auth_person() and kind = 'email' and decision is null and stopped_at is null and expires_at > now();
  return found;
end $$;

-- What hung on the address before does not move on with it. A link that was sent there opens nothing any more, and one that has not left yet does not
-- leave; a calendar that is read from there gets nothing. What was written of a way in goes to where she was when it was written; all other letters
-- that wait go to where she is now.
create function email_change(c confirmation) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from mail_outbox where person_id = c.person_id and sent_at is null and kind in ('invitation', 'recovery');
  update mail_outbox m set to_before = p.email from person p
  where p.id = c.person_id and m.person_id = p.id and m.sent_at is null and m.to_before is null
    and m.kind in ('recovery-begun', 'recovered', 'new-way-in', 'way-changed', 'card-again', 'email-asked', 'email-kept', 'email-changed');
  update invitation set voided_at = now(), voided_by = auth_person() where person_id = c.person_id and used_at is null and voided_at is null;
  delete from calendar_feed where person_id = c.person_id;
  update person set email = c.new_email where id = c.person_id;
  perform audit_append('access.emailChanged', 'person', c.person_id::text, null, null, 'done', array['by:' || c.proposed_by, 'by:' || auth_person()], null, null);
end $$;

-- As before; and a new address holds from the decision on.
create or replace function confirmation_take_effect(c confirmation) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if c.kind = 'role' then
    insert into person_role (person_id, role, network_id, agency, valid_from, valid_to)
    values (c.person_id, c.role, c.network_id, c.agency, c.valid_from, c.valid_to);
  elsif c.kind = 'reopen' then
    update person set status = 'active' where id = c.person_id;
  elsif c.kind = 'email' then
    perform email_change(c);
  end if;
end $$;

-- An address that was asked for is nobody's to keep once its time is over, whatever came of it.
create function emails_forget() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare forgotten int;
begin
  if not has_role('system') then raise insufficient_privilege; end if;
  update confirmation set new_email = null where new_email is not null and expires_at <= now();
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;

-- As before; and an address that waited for her.
create or replace function account_forgotten() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from person_identity where person_id = new.id;
  delete from recovery_code where person_id = new.id;
  delete from calendar_feed where person_id = new.id;
  delete from saved_filter where person_id = new.id;
  delete from draft where person_id = new.id;
  delete from once where person_id = new.id;
  delete from mail_outbox where person_id = new.id;
  update session set device = null where person_id = new.id and device is not null;
  update confirmation set reason = case when reason is not null then '–' end, decision_reason = case when decision_reason is not null then '–' end,
    new_email = null
    where person_id = new.id;
  return null;
end $$;

-- As before; but of an address that was changed the letters say so, for from now on it is the one to sign in with.
create or replace function way_tells() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare was jsonb := to_jsonb(old); made jsonb := to_jsonb(new);
begin
  -- What had to be linked anew opened nothing: that it goes is no news.
  if tg_op = 'DELETE' and was ->> 'again_at' is not null then return null; end if;
  if tg_table_name = 'person' then
    perform way_changed(new.id, 'email-changed', old.email);
    perform way_changed(new.id, 'email-changed', null);
  elsif tg_table_name = 'person_identity' and tg_op = 'INSERT' then perform way_changed(new.person_id, 'new-way-in', null);
  else
    if tg_op = 'UPDATE' and was ->> 'person_id' is distinct from made ->> 'person_id' then perform way_changed(old.person_id, 'way-changed', null); end if;
    perform way_changed(coalesce(made ->> 'person_id', was ->> 'person_id')::uuid, 'way-changed', null);
  end if;
  return null;
end $$;

-- As before; and that the address was changed, with the names of the two.
create or replace function auth_doors() returns table (at timestamptz, action text, who text, helpers text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with mine as (
    (select e.* from audit_event e where e.actor = auth_person() and e.at > now() - interval '180 days' and e.result = 'done'
      and e.action in ('passkey.add', 'passkey.remove', 'account.linkIdentity', 'account.unlinkIdentity', 'account.changePassword', 'account.changeFactor',
        'account.renewCodes', 'calendar.make') order by e.seq desc limit 10)
    union all
    (select e.* from audit_event e where e.object_kind = 'person' and e.object_id = auth_person()::text and e.action ~ '^(access|people)[.]'
      and e.at > now() - interval '180 days' and e.action in ('access.recovered', 'access.emailChanged', 'people.unlinkIdentity', 'access.unsealed')
      order by e.seq desc limit 10))
  select m.at, m.action,
    case when m.actor <> auth_person() and m.action not in ('access.unsealed', 'access.emailChanged') then (select p.name from person p where p.id = m.actor) end,
    array(select p.name from unnest(m.fields) f join person p on 'by:' || p.id = f order by p.name)
  from mine m where auth_person() is not null order by m.seq desc limit 10
$$;
