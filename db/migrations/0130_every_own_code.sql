-- Which of somebody's codes does a network know that is founded later? Every one that was ever written down.
set local role tugivork_owner;

-- The last one took the place of those before: where a second, wrong one was written, a new network watched for the wrong one and not for the right one. Now each is kept;
-- which index is that of a code that is kept stands with the index, for whether two that are closed are one nobody can see.
alter table own_code_kept drop constraint own_code_kept_pkey, add column id uuid not null default gen_random_uuid() primary key;
create index on own_code_kept (person_id);
select classify('own_code_kept', 'C1', 'id');
alter table own_code add column is_kept boolean not null default false;
select classify('own_code', 'C1', 'is_kept');

-- What was overwritten before today is gone. Of whom there are two codes one is kept and nobody knows which: written again, it is kept again. The policies are put in force
-- again after the migrations.
alter table own_code no force row level security;
alter table own_code_kept no force row level security;
update own_code o set is_kept = true
where exists (select from own_code_kept k where k.person_id = o.person_id)
  and not exists (select from own_code other where other.person_id = o.person_id and other.network_id = o.network_id and other.code_index <> o.code_index);

-- As before, and beside those that are kept; the same code written twice, also at once, is kept once.
create or replace function own_code_set(who uuid, codes jsonb, kept bytea default null) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from person_role where person_id = who and role = 'system') or not coalesce(who = auth_person() or has_role('admin', 'system')
    or (has_role('coordinator') and exists (select 1 from volunteer where person_id = who)), false) then
    raise exception 'not for you' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('own-code/' || who::text, 4722));
  if kept is not null and not exists (select from own_code o join jsonb_each_text(codes) c on o.network_id = c.key::uuid and o.code_index = decode(c.value, 'hex')
    where o.person_id = who and o.is_kept) then
    insert into own_code_kept (person_id, code_sealed) values (who, kept);
  end if;
  insert into own_code (person_id, network_id, code_index, is_kept)
  select who, key::uuid, decode(value, 'hex'), kept is not null from jsonb_each_text(codes)
  on conflict (person_id, network_id, code_index) do update set is_kept = true where excluded.is_kept and not own_code.is_kept;
end $$;
