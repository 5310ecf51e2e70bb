-- Which master keys have been retired, and which two keys does an owner have while its key is being changed?
set local role tugivork_owner;

-- Nothing is closed under a retired master key again: not by a program that has missed the change, not by one started with an old file.
create table master_retired (
  id text primary key, retired_at timestamptz not null default now()
);
select classify('master_retired', 'C1', 'id retired_at');

create function master_in_use() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.wrapped is not null and exists (select from master_retired r where r.id = new.master_id) then
    raise exception 'the master key % is retired', new.master_id using errcode = '55000';
  end if;
  return new;
end $$;
create trigger master_in_use before insert or update on sealed_key for each row execute function master_in_use();

-- While the key of a case is being changed, either of two opens: first the next one beside the present one, then the one before.
alter table sealed_key add column wrapped_other bytea, add column change_phase text check (change_phase in ('offered', 'turned')),
  add column changed_at timestamptz, add check ((wrapped_other is null) = (change_phase is null)),
  add check (wrapped_other is null or wrapped is not null);
create index on sealed_key (master_id);
select classify('sealed_key', 'C1', 'wrapped_other change_phase changed_at');
