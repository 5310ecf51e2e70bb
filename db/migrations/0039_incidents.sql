-- What has changed in the life of the victim since the risk was last assessed: a new incident, a move, leaving. The risk is looked at again then.
set local role tugivork_owner;

create table case_incident (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  kind text check (kind in ('violence', 'threat', 'stalking', 'breach', 'left', 'moved', 'released', 'pregnancy', 'custody', 'other')),
  on_date date not null, police text check (police in ('yes', 'no', 'unknown')), words_sealed bytea,
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id)
);
create index on case_incident (case_id);
select classify('case_incident', 'C1', 'network_id case_id id on_date recorded_by recorded_at');
select classify('case_incident', 'C3', 'kind police words_sealed');
create trigger own_name before insert on case_incident for each row execute function own_name('recorded_by');
