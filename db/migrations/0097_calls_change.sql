-- How was a call before it was put right, and from when on does nobody come through it any more?
set local role tugivork_owner;

alter table campaign add column version int not null default 1 check (version > 0),
  add column ended_by uuid references person, add column ended_at timestamptz, add check ((ended_by is null) = (ended_at is null));
select classify('campaign', 'C1', 'version ended_by ended_at');
drop trigger own_name on campaign;
create trigger own_name before insert or update on campaign for each row execute function own_name('created_by', 'ended_by');
create trigger set_once before update on campaign for each row execute function set_once('ended_by', 'ended_at');

-- What stood there until somebody changed it. The link stays: it is printed and shared, and what came through it hangs on the call itself.
create table campaign_was (
  campaign_id uuid not null references campaign, version int not null,
  name text not null, source text not null, from_on date not null, until_on date not null, target_id uuid references recruiting_target,
  changed_by uuid not null references person, changed_at timestamptz not null default now(), primary key (campaign_id, version)
);
select classify('campaign_was', 'C1', 'campaign_id version name source from_on until_on target_id changed_by changed_at');

-- Kept by the database, so that no statement changes a call without what it was being left.
create function campaign_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person();
begin
  if me is null or (old.name, old.source, old.from_on, old.until_on, old.target_id) is not distinct from (new.name, new.source, new.from_on, new.until_on, new.target_id)
    then return new; end if;
  insert into campaign_was (campaign_id, version, name, source, from_on, until_on, target_id, changed_by)
  values (old.id, old.version, old.name, old.source, old.from_on, old.until_on, old.target_id, me);
  new.version := old.version + 1;
  return new;
end $$;
create trigger campaign_changed before update on campaign for each row execute function campaign_changed();

-- As before; and whoever comes by the link of a call that was ended has not come through it either.
create or replace function door_apply(the_id uuid, once uuid, master text, key bytea, facts bytea, email bytea, county text, tongues text[], tongue text,
  heard text, call text, address bytea, letter bytea) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare wait int; day date := (now() at time zone 'Europe/Tallinn')::date;
begin
  perform pg_advisory_xact_lock(4717);
  if exists (select from application where once_key = once) then return 0; end if;
  delete from application_try where at < now() - interval '1 day';
  wait := apply_wait(address);
  if wait > 0 then return wait; end if;
  insert into application_try (address_key) values (address);
  insert into sealed_key (kind, owner_id, master_id, wrapped) values ('volunteer', the_id, master, key);
  insert into application (id, once_key, facts_sealed, email_index, county_code, languages, locale, source, campaign_id)
    values (the_id, once, facts, email, county, tongues, tongue, heard,
      (select id from campaign where code = call and ended_at is null and day between from_on and until_on));
  insert into mail_outbox (kind, to_sealed, locale, unique_key)
    values ('application', letter, tongue, 'application/' || encode(email, 'hex') || '/' || day)
    on conflict do nothing;
  perform audit_append('recruitment.apply', 'application', the_id::text, null, null, 'done', '{}', null, null);
  return 0;
end $$;
