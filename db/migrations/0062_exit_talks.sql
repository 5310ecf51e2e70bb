-- What did somebody say who leaves, and would they come back?
set local role tugivork_owner;

create table exit_talk (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  held_on date not null, back text not null check (back in ('yes', 'maybe', 'no')), answers_sealed bytea not null,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now()
);
create index on exit_talk (volunteer_id);
select classify('exit_talk', 'C1', 'id volunteer_id held_on back recorded_by recorded_at');
select classify('exit_talk', 'C3', 'answers_sealed');
create trigger own_name before insert on exit_talk for each row execute function own_name('recorded_by');
