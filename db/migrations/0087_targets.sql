-- How many more people have to be found or trained, where, in which language and by when, and which call is out for them?
set local role tugivork_owner;

create table recruiting_target (
  id uuid primary key default gen_random_uuid(), kind text not null check (kind in ('recruit', 'train')),
  county_codes text[] not null check (cardinality(county_codes) between 1 and 15),
  languages text[] not null check (cardinality(languages) between 1 and 12),
  people int not null check (people between 1 and 99), by_on date not null,
  -- The gap that stood behind it on the day it was set: needs, who fitted, and how many cases those could take.
  needs int check (needs between 1 and 9999), fitting int check (fitting between 0 and 9999), places int check (places between 0 and 9999),
  set_by uuid not null references person, set_at timestamptz not null default now(),
  ended_by uuid references person, ended_at timestamptz, ended_why text check (ended_why in ('reached', 'notNeeded', 'givenUp')),
  check ((needs is null) = (fitting is null) and (needs is null) = (places is null)),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_why is null))
);
select classify('recruiting_target', 'C1', 'id kind county_codes languages people by_on needs fitting places set_by set_at ended_by ended_at ended_why');
create trigger own_name before insert or update on recruiting_target for each row execute function own_name('set_by', 'ended_by');
create trigger set_once before update on recruiting_target for each row execute function set_once('ended_by', 'ended_at', 'ended_why');

alter table campaign add column target_id uuid references recruiting_target;
create index on campaign (target_id);
select classify('campaign', 'C1', 'target_id');
