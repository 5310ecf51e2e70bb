-- What has a support person paid for the work, what proves it, who decided – and until when are such papers kept?
set local role tugivork_owner;

-- A claim is not changed: one that was sent back is made anew, and follows the first. What it was for and the receipt lie under its own key, so
-- that what accounting has to keep outlives the record of the volunteer, and nothing else does.
create table expense (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer, assignment_id uuid references assignment (id),
  kind text not null check (kind in ('car', 'ticket', 'parking', 'food', 'other')), on_date date not null,
  km int check (km between 1 and 2000), cents_per_km int check (cents_per_km between 1 and 200), cents int not null check (cents between 1 and 500000),
  words_sealed bytea, receipt_form text check (receipt_form in ('jpg', 'pdf')), receipt_sealed bytea,
  follows_id uuid, sent_by uuid not null references person, sent_at timestamptz not null default now(),
  decision text check (decision in ('approved', 'returned')), reason_sealed bytea, decided_by uuid references person, decided_at timestamptz,
  withdrawn_at timestamptz, forgotten_at timestamptz,
  unique (id, volunteer_id), foreign key (follows_id, volunteer_id) references expense (id, volunteer_id),
  check ((kind = 'car') = (km is not null) and (km is null) = (cents_per_km is null) and (km is null or cents = km * cents_per_km)),
  check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)),
  check (decision is null or withdrawn_at is null), check (decision <> 'returned' or reason_sealed is not null or forgotten_at is not null)
);
create index on expense (volunteer_id, on_date);
create index on expense (decided_at) where decision = 'approved';
create unique index on expense (follows_id);
select classify('expense', 'C1', 'id volunteer_id assignment_id kind on_date km cents_per_km cents receipt_form follows_id sent_by sent_at decision decided_by decided_at withdrawn_at forgotten_at');
select classify('expense', 'C2', 'words_sealed receipt_sealed reason_sealed');
create trigger own_name before insert or update on expense for each row execute function own_name('sent_by', 'decided_by');
create trigger set_once before update on expense for each row execute function set_once('decision', 'decided_at', 'decided_by', 'withdrawn_at');

alter table sealed_key drop constraint sealed_key_kind_check;
alter table sealed_key add constraint sealed_key_kind_check check (kind in ('case', 'volunteer', 'import', 'person', 'report', 'session', 'checkin', 'reference', 'circle', 'expense'));

-- One claim of a person after the other: two at once would both find room in the month.
create function hold_expenses(the_volunteer uuid) returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended('expense/' || the_volunteer, 0)) where the_volunteer = auth_volunteer()
$$;

-- Papers of contract and of money are kept for some years after the year in which they ended (R27), and then forgotten: that there was one stays.
-- A paper ends when it was taken back, when its time is over, or when the volunteer has left; a claim with the decision.
create function papers_forget() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare last_day date; done int; more int; claims uuid[];
begin
  if not has_role('system') then raise insufficient_privilege; end if;
  last_day := make_date(extract(year from (now() at time zone 'Europe/Tallinn'))::int - setting_now('paperYears', 7), 1, 1);
  select coalesce(array_agg(id), '{}') into claims from expense where forgotten_at is null
    and (coalesce(decided_at, withdrawn_at, sent_at) at time zone 'Europe/Tallinn')::date < last_day;
  perform destroy_keys(claims);
  update expense set words_sealed = null, receipt_sealed = null, reason_sealed = null, forgotten_at = now() where id = any (claims);
  update paper_signed s set file_sealed = null, signatures_sealed = null
    where (s.file_sealed is not null or s.signatures_sealed is not null)
      and ((s.superseded_at at time zone 'Europe/Tallinn')::date < last_day or paper_over(s.paper_id) < last_day);
  get diagnostics done = row_count;
  update paper p set facts_sealed = null where p.facts_sealed is not null and paper_over(p.id) < last_day;
  get diagnostics more = row_count;
  return cardinality(claims) + done + more;
end $$;

-- The day on which a paper ended; nothing where it still holds.
create function paper_over(the_paper uuid) returns date language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select least((p.superseded_at at time zone 'Europe/Tallinn')::date, p.valid_to,
    (select s.from_on from volunteer_status s where v.status = 'ended' and s.volunteer_id = v.id and s.status = 'ended' order by s.from_on desc limit 1))
  from paper p join volunteer v on v.id = p.volunteer_id where p.id = the_paper
$$;

-- As before; and of what was paid only claims that were approved stay, as accounting has to keep them: by papers_forget() they go.
create or replace function erase_volunteer(the_volunteer uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare account uuid;
begin
  perform destroy_keys(array(select the_volunteer union all select id from month_report where volunteer_id = the_volunteer
    union all select id from application where volunteer_id = the_volunteer
    -- What was said in a group is the others' too.
    union all select p.session_id from supervision_participant p where p.volunteer_id = the_volunteer
      and not exists (select from supervision_participant o where o.session_id = p.session_id and o.volunteer_id <> the_volunteer)
    union all select id from wellbeing_checkin where volunteer_id = the_volunteer
    union all select id from reference_request where volunteer_id = the_volunteer
    union all select id from expense where volunteer_id = the_volunteer and decision is distinct from 'approved'));
  update application set facts_sealed = null, email_index = null, remark_sealed = null, erased_at = coalesce(erased_at, now())
    where id = the_volunteer or volunteer_id = the_volunteer;
  update recruitment_step set note = null where volunteer_id = the_volunteer;
  update reference_request set referee_sealed = null, answers_sealed = null, token_hash = null, revoked_at = coalesce(revoked_at, now())
    where volunteer_id = the_volunteer;
  update paper set facts_sealed = null where volunteer_id = the_volunteer;
  update paper_signed set file_sealed = null, signatures_sealed = null where volunteer_id = the_volunteer;
  update expense set words_sealed = null, receipt_sealed = null, reason_sealed = null, forgotten_at = coalesce(forgotten_at, now())
    where volunteer_id = the_volunteer and decision is distinct from 'approved';
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
