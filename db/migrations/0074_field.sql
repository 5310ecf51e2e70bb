-- On which devices does a support person keep what she needs where there is no network, and what has come from each already?
set local role tugivork_owner;

create table field_device (
  id uuid primary key default gen_random_uuid(), person_id uuid not null references person,
  kind text not null check (kind in ('phone', 'tablet', 'computer')), token_hash bytea not null unique check (octet_length(token_hash) = 32),
  made_at timestamptz not null default clock_timestamp(), contacted_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz, revoked_by uuid references person, emptied_at timestamptz,
  check ((revoked_at is null) = (revoked_by is null))
);
create index on field_device (person_id);
select classify('field_device', 'C1', 'id person_id kind token_hash made_at contacted_at revoked_at revoked_by emptied_at');
create trigger own_name before insert or update on field_device for each row execute function own_name('person_id', 'revoked_by');
create trigger set_once before update on field_device for each row execute function set_once('revoked_at', 'revoked_by', 'emptied_at');

-- What a device has sent counts once, however late it asks again: the answer may have been lost on the way, and the device been away for weeks.
create table field_entry (
  device_id uuid not null references field_device, id uuid not null, taken_at timestamptz not null default clock_timestamp(), primary key (device_id, id)
);
select classify('field_entry', 'C1', 'device_id id taken_at');

-- A device asks before anybody has signed in: may it keep what it has, and of which supports? Nothing is told of a token that there is not. One that
-- may no longer is emptied when it hears so; that it heard, or says that it has emptied itself, is noted – its own word, for nobody can look.
create function door_field(token bytea, emptied boolean) returns table (supports uuid[])
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare of field_device; today date := (now() at time zone 'Europe/Tallinn')::date;
begin
  select * into of from field_device d where d.token_hash = token;
  if of.id is null or of.emptied_at is not null then return; end if;
  if emptied or of.revoked_at is not null or not exists (select from person p join person_role r on r.person_id = p.id
      where p.id = of.person_id and p.status = 'active' and r.role = 'volunteer' and today between r.valid_from and r.valid_to) then
    update field_device d set emptied_at = now() where d.id = of.id;
    return;
  end if;
  update field_device d set contacted_at = now() where d.id = of.id;
  return query select coalesce(array_agg(a.id), '{}') from assignment a join volunteer v on v.id = a.volunteer_id
    where v.person_id = of.person_id and a.status = 'active' and (a.end_on is null or a.end_on >= today)
      and not exists (select from wall w where w.person_id = of.person_id and w.case_id = a.case_id and w.lifted_at is null);
end $$;
