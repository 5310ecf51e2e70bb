-- Erasure by two people, keys of cases that are to be changed, and when the last backup and the last drill were.
set local role tugivork_owner;

-- Somebody asks, somebody else decides: one of the two is the auditor, the other answers for the data.
create table erasure (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('case', 'volunteer')), owner_id uuid not null, network_id uuid references network, label text not null,
  ground text not null check (ground in ('wish', 'term', 'mistake')),
  asked_by uuid not null references person, asked_as text not null check (asked_as in ('auditor', 'keeper')),
  asked_at timestamptz not null default now(), reason_sealed bytea not null,
  decided_by uuid references person, decided_at timestamptz, outcome text check (outcome in ('done', 'refused')),
  check (decided_by <> asked_by), check ((decided_by is null) = (outcome is null) and (decided_at is null) = (outcome is null)),
  check ((kind = 'case') = (network_id is not null))
);
create unique index on erasure (owner_id) where outcome is null;
select classify('erasure', 'C1', 'id kind owner_id network_id label ground asked_by asked_as asked_at decided_by decided_at outcome');
select classify('erasure', 'C3', 'reason_sealed');

-- The lead of a network asks for a new key of a case; the process makes it.
create table key_change (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references case_file (id), network_id uuid not null references network,
  why text not null check (why in ('suspicion', 'network', 'closing')),
  asked_by uuid not null references person, asked_at timestamptz not null default now(), done_at timestamptz
);
create unique index on key_change (case_id) where done_at is null;
select classify('key_change', 'C1', 'id case_id network_id why asked_by asked_at done_at');

-- What is done to the installation as a whole, for `npm run doctor`; counts and names of files, nothing else.
create table upkeep (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('backup', 'drill', 'restore')), at timestamptz not null default now(), note jsonb not null
);
create index on upkeep (kind, at);
select classify('upkeep', 'C1', 'id kind at note');

create trigger own_name before insert or update on erasure for each row execute function own_name('asked_by', 'decided_by');
create trigger set_once before update on erasure for each row execute function set_once('decided_by', 'decided_at', 'outcome');
create trigger own_name before insert on key_change for each row execute function own_name('asked_by');

-- Destroys the key of an owner and every key that hangs on it. What was sealed under them can be opened by nobody from here on.
create function destroy_keys(owners uuid[]) returns int language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    update sealed_key set wrapped = null, wrapped_other = null, change_phase = null, destroyed_at = now()
    where owner_id = any (owners) and destroyed_at is null returning 1)
  select count(*)::int from gone
$$;

-- Of a case everything in the open that is more than internal (C2 to C4) goes too; numbers, days and levels stay for the figures.
create function erase_case(the_case uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c record;
begin
  perform destroy_keys(array[the_case]);
  update volunteer_tie set reason = '–' where case_id = the_case;
  -- Nobody is reminded of it or looked for any more.
  update case_file set status = 'closed', version = version + 1 where id = the_case and status <> 'closed';
  update need set status = 'closed', version = version + 1 where case_id = the_case and status in ('open', 'proposed', 'declined');
  for c in
    select t.relname, a.attname, t.relname = 'case_file' as head from pg_class t join pg_attribute a on a.attrelid = t.oid
    where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and not a.attnotnull
      and a.attgenerated = '' and a.attname not like '%\_sealed' and col_description(t.oid, a.attnum) in ('C2', 'C3', 'C4')
      and (t.relname = 'case_file' or exists (select from pg_attribute o where o.attrelid = t.oid and o.attname = 'case_id'
        and exists (select from pg_attribute n where n.attrelid = t.oid and n.attname = 'network_id')))
  loop
    execute format('update %I set %I = null where %I = $1 and %2$I is not null', c.relname, c.attname,
      case when c.head then 'id' else 'case_id' end) using the_case;
  end loop;
end $$;

-- A volunteer keeps only a code: hours and months stay for the figures, under it.
create function erase_volunteer(the_volunteer uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare account uuid;
begin
  perform destroy_keys(array(select the_volunteer union all select id from month_report where volunteer_id = the_volunteer));
  select person_id into account from volunteer where id = the_volunteer;
  update volunteer set name = code, search_name = lower(code), email = null, phone = null, birth_year = null, sex = null,
    personal_code_sealed = null, personal_code_index = null, occupation = null, municipality_code = null, child_contact_reason = null,
    availability = null, notes = null, import_key = null, version = version + 1 where id = the_volunteer;
  update volunteer_status set reason = null where volunteer_id = the_volunteer;
  update volunteer_tie set reason = '–' where volunteer_id = the_volunteer;
  update month_report_event set remark = '–' where remark is not null
    and report_id in (select id from month_report where volunteer_id = the_volunteer);
  update assignment set rationale = null, override_reason = null where volunteer_id = the_volunteer;
  -- The account goes with the volunteer, unless the person does something else here too.
  if account is null or exists (select from person_role where person_id = account and role <> 'volunteer' and valid_to >= current_date) then return; end if;
  update person set name = (select code from volunteer where id = the_volunteer), email = 'kustutatud-' || id || '@localhost.invalid',
    phone = null, status = 'disabled' where id = account;
  update credential set password_hash = '', totp_sealed = null, totp_confirmed_at = null where person_id = account;
  delete from passkey where person_id = account;
  update session set ended_at = now(), ended_why = 'disabled', device = null where person_id = account and ended_at is null;
end $$;

-- The second person has decided: one at a time, for the ledger is a chain, and only as what this person may be in this case.
create function decide_erasure(request uuid, yes boolean) returns table (kind text, owner_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare asked erasure; me uuid := auth_person();
begin
  perform pg_advisory_xact_lock(4713);
  select * into asked from erasure where id = request and outcome is null for update;
  if asked.id is null or asked.asked_by = me or not erasure_mine(asked.kind, asked.network_id, case asked.asked_as when 'auditor' then 'keeper' else 'auditor' end)
  then raise exception 'not yours to decide' using errcode = 'P0002'; end if;
  update erasure set decided_by = me, decided_at = now(), outcome = case when yes then 'done' else 'refused' end where id = request;
  if yes and asked.kind = 'case' then perform erase_case(asked.owner_id); end if;
  if yes and asked.kind = 'volunteer' then perform erase_volunteer(asked.owner_id); end if;
  return query select asked.kind, asked.owner_id;
end $$;

-- May the one who asks stand here as the auditor, or as the one who answers for these data?
create function erasure_mine(the_kind text, network uuid, as_what text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case as_what when 'auditor' then has_role('auditor')
    else (the_kind = 'case' and has_role('lead') and network = any (auth_networks())) or has_role('coordinator') end
$$;
