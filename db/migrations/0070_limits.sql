-- How far does a support person go, when can she be reached, which tasks does she not take, and what of this does a need ask for?
set local role tugivork_owner;

-- The last row of a volunteer is in force; the places beside her home are in volunteer_area.
create table volunteer_limit (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  reach text not null check (reach in ('county', 'near')),
  hours text[] not null check (hours <@ array['morning', 'afternoon', 'evening', 'weekend']),
  refuses text[] not null check (refuses <@ array['meeting', 'court', 'office', 'drive', 'children']),
  told_by uuid not null references person, told_at timestamptz not null default clock_timestamp()
);
create index on volunteer_limit (volunteer_id, told_at desc);
select classify('volunteer_limit', 'C1', 'id volunteer_id reach hours refuses told_by told_at');
create trigger own_name before insert on volunteer_limit for each row execute function own_name('told_by');

-- A profile that somebody has open for mending knows nothing of these places: what is saved over them is refused, as any older copy is.
create function limits_told() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update volunteer set version = version + 1 where id = new.volunteer_id;
  return null;
end $$;
create trigger limits_told after insert on volunteer_limit for each row execute function limits_told();

alter table need
  add column hours text[] not null default '{}' check (hours <@ array['morning', 'afternoon', 'evening', 'weekend']),
  add column tasks text[] not null default '{}' check (tasks <@ array['meeting', 'court', 'office', 'drive']);
select classify('need', 'C1', 'hours tasks');
