-- Which file about a case has left the system, to whom, why and by whom?
set local role tugivork_owner;

-- A file leaves only closed, for one person who is named (R10). Of it stays this and never the file or its password; the fingerprint is that of the
-- container, so that whoever holds one can show which it is. It is a record of the network that held the meeting, and stays there.
create table outgoing_file (
  network_id uuid not null, id uuid not null default gen_random_uuid() unique, meeting_id uuid not null,
  version int not null check (version > 0), form text not null check (form in ('pdf', 'docx')),
  recipient_sealed bytea not null, why_sealed bytea not null, sha256 bytea not null check (octet_length(sha256) = 32),
  sent_by uuid not null references person, sent_at timestamptz not null default now(),
  primary key (network_id, id), foreign key (network_id, meeting_id) references meeting (network_id, id)
);
create index on outgoing_file (meeting_id);
select classify('outgoing_file', 'C1', 'network_id id meeting_id version form sha256 sent_by sent_at');
select classify('outgoing_file', 'C2', 'recipient_sealed');
select classify('outgoing_file', 'C3', 'why_sealed');
create trigger own_name before insert on outgoing_file for each row execute function own_name('sent_by');

-- Of which cases something stood in it; that goes with the case, wherever the case goes.
create table outgoing_case (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique, file_id uuid not null references outgoing_file (id),
  primary key (network_id, case_id, id), unique (file_id, case_id),
  foreign key (network_id, case_id) references case_file (network_id, id) on update cascade
);
create index on outgoing_case (case_id);
select classify('outgoing_case', 'C1', 'network_id case_id id file_id');

-- Whether it is I who sent this file, out of that network; what is written with it asks this.
create function sent_by_me(the_file uuid, of_network uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from outgoing_file where id = the_file and network_id = of_network and sent_by = auth_person())
$$;
