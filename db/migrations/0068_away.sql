-- Who of those who help is away, from which day to which?
set local role tugivork_owner;

create table volunteer_away (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  from_on date not null, to_on date not null,
  told_by uuid not null references person, told_at timestamptz not null default clock_timestamp(),
  ended_by uuid references person, ended_at timestamptz,
  check (to_on >= from_on), check ((ended_at is null) = (ended_by is null))
);
create index on volunteer_away (volunteer_id);
select classify('volunteer_away', 'C1', 'id volunteer_id from_on to_on told_by told_at ended_by ended_at');
create trigger own_name before insert or update on volunteer_away for each row execute function own_name('told_by', 'ended_by');
create trigger set_once before update on volunteer_away for each row execute function set_once('ended_at', 'ended_by');
