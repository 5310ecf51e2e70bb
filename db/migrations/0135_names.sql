-- Who changes the name under which somebody stands in the log, and what was she called when it happened?
set local role tugivork_owner;

-- The names that somebody had before; the one of today is the account's.
create table former_name (
  id uuid primary key default gen_random_uuid(), person_id uuid not null references person, name text not null,
  held_from timestamptz not null, held_until timestamptz not null, check (held_from < held_until)
);
create index on former_name (person_id, held_until);
select classify('former_name', 'C1', 'id person_id held_from held_until');
select classify('former_name', 'C2', 'name');

-- Of a volunteer who has an account the name stood twice. The account's was changed by its owner alone, the register's by the coordinator: that one is
-- the account's from now on, and the other one is kept and compared like every name that somebody had. Written past the policies, as 0132 does.
reset role;
insert into former_name (person_id, name, held_from, held_until)
select distinct on (p.id) p.id, p.name, least(p.created_at, now() - interval '1 second'), now() from person p join volunteer v on v.person_id = p.id
where v.name <> v.code and v.name <> p.name and p.email not like 'kustutatud-%@localhost.invalid';
update person p set name = v.name from volunteer v
where v.person_id = p.id and v.name <> v.code and v.name <> p.name and p.email not like 'kustutatud-%@localhost.invalid';
set local role tugivork_owner;

create function volunteer_name() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.name := coalesce((select p.name from person p where p.id = new.person_id and p.name <> new.code), new.name);
  return new;
end $$;
-- An erased volunteer has her code for a name.
create trigger volunteer_name before insert or update of name, person_id on volunteer
  for each row when (new.person_id is not null and new.name <> new.code) execute function volunteer_name();

-- Whoever writes it: the name before is kept, its owner hears of it, and the register follows. A name that is a volunteer's code does not go there: it
-- would be her erasure (0089).
create function name_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare since timestamptz := coalesce((select max(f.held_until) from former_name f where f.person_id = new.id), old.created_at);
begin
  insert into former_name (person_id, name, held_from, held_until)
  values (new.id, old.name, since, greatest(clock_timestamp(), since + interval '1 microsecond'));
  update volunteer set name = new.name where person_id = new.id and name <> code and code <> new.name;
  perform way_changed(new.id, 'name-changed', null);
  return null;
end $$;
-- Whoever is erased keeps none.
create trigger name_changed after update of name on person
  for each row when (old.name <> new.name and new.email not like 'kustutatud-%@localhost.invalid') execute function name_changed();

-- What she was called at that moment, where it is not what she is called today. Asked of every line of a log: without a path of its own it becomes part
-- of the query, and whoever never had another name costs it one look.
create function name_then(who uuid, at timestamptz) returns text language sql stable as $$
  select (select nullif(f.name, (select p.name from person p where p.id = f.person_id)) from former_name f
    where f.person_id = who and f.held_until > at order by f.held_until limit 1)
$$;

-- One more thing that takes two. She may ask for it herself: then her fresh proof stands for the first having seen her. `new_search` are the spellings
-- by which the register finds the new name. Both stand here until their time is over.
alter table confirmation add column new_name text check (new_name = btrim(new_name) and length(new_name) between 1 and 120), add column new_search text;
select classify('confirmation', 'C2', 'new_name new_search');
alter table confirmation
  drop constraint confirmation_kind_check, add constraint confirmation_kind_check check (kind in ('role', 'reopen', 'recover', 'email', 'name')),
  drop constraint confirmation_check, add constraint confirmation_for_another check (proposed_by <> person_id or kind = 'name'),
  drop constraint confirmation_seen_by_one,
  add constraint confirmation_seen_by_one check (kind = 'reopen' or (kind <> 'role' and proposed_by <> person_id) = (way is not null)),
  drop constraint confirmation_seen_by_other,
  add constraint confirmation_seen_by_other check ((way is null and kind <> 'name') or (coalesce(decision, '') = 'confirmed') = (decision_way is not null)),
  drop constraint confirmation_stopped_by_owner,
  add constraint confirmation_stopped_by_owner check (stopped_at is null or kind in ('recover', 'email', 'name')),
  add constraint confirmation_new_name check ((new_name is null or kind = 'name') and (new_name is null) = (new_search is null));

-- As before, by the circle of an address: a name is changed by whoever could also help her back in. Her own she may always ask for: that her account is open the decision asks itself.
create or replace function confirmation_asker_may(c confirmation) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when c.kind = 'reopen' then holds(c.proposed_by, 'admin')
    when c.kind = 'role' then holds(c.proposed_by, 'admin') or (c.role in ('volunteer', 'supervisor') and holds(c.proposed_by, 'coordinator'))
    when c.kind = 'name' and c.proposed_by = c.person_id then true
    else coalesce(c.proposed_by = any (confirmation_deciders(c.kind, null, c.person_id, c.person_id)), false) end
$$;

-- An address and a name are asked for alike: of an account that is open, once at a time; and an address only where nobody has it. She hears of it
-- where she is, and of an address so does whoever is there where she is said to go.
drop trigger email_asked on confirmation;
drop function email_asked();
create function change_asked() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Two who ask at once wait for each other here.
  perform from person where id = new.person_id and status = 'active' for no key update;
  if not found or exists (select from person_role where person_id = new.person_id and role = 'system') then raise exception 'not for you' using errcode = '42501'; end if;
  if exists (select from confirmation c where c.person_id = new.person_id and c.kind = new.kind and c.id <> new.id
    and c.decision is null and c.stopped_at is null and c.expires_at > now()) then raise exception 'somebody was first' using errcode = '40001'; end if;
  if exists (select from person where email = new.new_email) then raise exception 'somebody has it' using errcode = '23505'; end if;
  perform way_changed(new.person_id, new.kind || '-asked', null);
  if new.kind = 'email' then perform way_changed(new.person_id, 'email-asked-new', new.new_email); end if;
  return null;
end $$;
create trigger change_asked after insert on confirmation for each row when (new.kind in ('email', 'name')) execute function change_asked();

-- The same where nothing comes of it; of an account that is closed over it nobody hears anything more.
drop trigger email_kept on confirmation;
drop function email_kept();
create function change_kept() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform way_changed(new.person_id, new.kind || '-kept', null);
  if new.kind = 'email' then perform way_changed(new.person_id, 'email-kept-new', new.new_email); end if;
  return null;
end $$;
create trigger change_kept after update on confirmation for each row
  when (new.kind in ('email', 'name') and old.decision is null and old.stopped_at is null and (new.decision in ('refused', 'withdrawn') or new.stopped_at is not null))
  execute function change_kept();

-- "It stays as it is": only she herself, after a fresh proof, and not what has been decided.
drop function confirmation_keep_email(uuid);
create function confirmation_keep(the_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not auth_fresh() then raise exception 'not fresh' using errcode = '42501'; end if;
  update confirmation set stopped_at = now()
  where id = the_id and person_id = auth_person() and kind in ('email', 'name') and decision is null and stopped_at is null and expires_at > now();
  return found;
end $$;

-- The name holds from now on; the log names the two, and keeps no name: what she was called stands in former_name, and goes with her.
create function name_change(c confirmation) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update person set name = c.new_name where id = c.person_id;
  update volunteer set search_name = c.new_search where person_id = c.person_id and name = c.new_name and name <> code;
  perform audit_append('access.nameChanged', 'person', c.person_id::text, null, null, 'done', array['by:' || c.proposed_by, 'by:' || auth_person()], null, null);
end $$;

-- As before; and a new name holds from the decision on.
create or replace function confirmation_take_effect(c confirmation) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if c.kind = 'role' then
    insert into person_role (person_id, role, network_id, agency, valid_from, valid_to)
    values (c.person_id, c.role, c.network_id, c.agency, c.valid_from, c.valid_to);
  elsif c.kind = 'reopen' then
    update person set status = 'active' where id = c.person_id;
  elsif c.kind = 'email' then
    perform email_change(c);
  elsif c.kind = 'name' then
    perform name_change(c);
  end if;
end $$;

-- What was asked for is nobody's to keep once its time is over, whatever came of it.
drop function emails_forget();
create function asked_forget() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare forgotten int;
begin
  if not has_role('system') then raise insufficient_privilege; end if;
  update confirmation set new_email = null, new_name = null, new_search = null
  where coalesce(new_email, new_name) is not null and expires_at <= now();
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;

-- Who looked at which case, by every name that they have or had: whoever takes another to slip the comparison is compared by both.
create or replace function watch_pairs(looks text[]) returns table (person_id uuid, name text, case_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct e.actor, n.name, e.case_id from audit_event e
    join lateral (select p.name from person p where p.id = e.actor union all select f.name from former_name f where f.person_id = e.actor) n on true
  where has_role('system') and e.at >= watch_from()::timestamp at time zone 'Europe/Tallinn'
    and e.case_id is not null and e.action = any (looks) and e.result = 'done'
    and exists (select from case_surname s where s.case_id = e.case_id and s.name_index is not null)
    and not exists (select from watch_finding f where f.key = 'surname/' || e.actor || '/' || e.case_id)
$$;

-- Everything else stays as it was written last: of a name the same circle decides; she sees on her account that it was changed; and with her it is forgotten.
do $$
declare written text; change text[];
begin
  foreach change slice 1 in array array[
    array['confirmation_deciders(text, text, uuid, uuid)', '(''recover'', ''email'')', '(''recover'', ''email'', ''name'')'],
    array['auth_doors()', '''access.emailChanged''', '''access.emailChanged'', ''access.nameChanged'''],
    array['account_forgotten()', 'new_email = null', 'new_email = null, new_name = null, new_search = null'],
    array['account_forgotten()', 'delete from draft', 'delete from former_name where person_id = new.id;' || e'\n  ' || 'delete from draft']] loop
    written := pg_get_functiondef(change[1]::regprocedure);
    if position(change[2] in written) = 0 then raise exception 'another text: %', change[1]; end if;
    execute replace(written, change[2], change[3]);
  end loop;
end $$;
