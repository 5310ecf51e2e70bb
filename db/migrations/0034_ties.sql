-- Somebody no longer knows the people of a place, or never did: the tie is taken back with a reason, and what was said stays.
set local role tugivork_owner;

alter table volunteer_tie add column withdrawn_at timestamptz, add column withdrawn_by uuid references person, add column withdrawn_reason text,
  add check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null));
select classify('volunteer_tie', 'C1', 'withdrawn_at withdrawn_by');
select classify('volunteer_tie', 'C2', 'withdrawn_reason');
create trigger own_name before update on volunteer_tie for each row execute function own_name('withdrawn_by');
create trigger set_once before update of withdrawn_at, withdrawn_by on volunteer_tie for each row execute function set_once('withdrawn_at', 'withdrawn_by');

-- With the words of the tie go the words that took it back (erasure).
create function tie_forgotten() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.reason = '–' and new.withdrawn_reason is not null then new.withdrawn_reason := '–'; end if;
  return new;
end $$;
create trigger tie_forgotten before update of reason on volunteer_tie for each row execute function tie_forgotten();
