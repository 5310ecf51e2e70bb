-- Which choices of a list does somebody want to see again, by a name of their own? The words may tell of people, so they are sealed by the process.
set local role tugivork_owner;

create table saved_filter (
  person_id uuid not null references person, id uuid not null default gen_random_uuid(), list text not null check (list in ('cases', 'volunteers')),
  words_sealed bytea not null, created_at timestamptz not null default now(), primary key (person_id, id)
);
select classify('saved_filter', 'C1', 'person_id id list created_at');
select classify('saved_filter', 'C3', 'words_sealed');
