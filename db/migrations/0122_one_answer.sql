-- Does a report have one answer where two give one at once, and does it come out where there is ten times as much?
set local role tugivork_owner;

-- As before; of two who answer one report at once, or hand it in twice, the second finds that it has been done.
create or replace function period_report_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update period_report set status = new.kind, version = version + 1,
    known_at = case when new.kind = 'submitted' then new.recorded_at else known_at end, figures = coalesce(new.figures, figures)
  where id = new.report_id and status = any (case new.kind when 'submitted' then '{draft,returned}' else '{submitted}' end::text[]);
  if not found then raise exception 'somebody was first' using errcode = '40001'; end if;
  return new;
end $$;

-- As before; whoever decides what has been decided is told so.
create or replace function decide_erasure(request uuid, yes boolean) returns table (kind text, owner_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare asked erasure; me uuid := auth_person();
begin
  perform pg_advisory_xact_lock(4713);
  select * into asked from erasure where id = request and not owner_id = any ((select auth_walled())::uuid[]) for update;
  if asked.id is null or asked.asked_by = me or not erasure_mine(asked.kind, asked.network_id, case asked.asked_as when 'auditor' then 'keeper' else 'auditor' end)
    or (asked.outcome is null and yes and asked.ground = 'term' and asked.kind <> 'case' and not erasure_is_due(asked.kind, asked.owner_id))
  then raise exception 'not yours to decide' using errcode = 'P0002'; end if;
  -- Of two who decide at once the second waited above, and is told that it has been decided.
  if asked.outcome is not null then raise exception 'somebody was first' using errcode = '40001'; end if;
  update erasure set decided_by = me, decided_at = now(), outcome = case when yes then 'done' else 'refused' end where id = request;
  if yes and asked.kind = 'case' then perform erase_case(asked.owner_id); end if;
  if yes and asked.kind = 'volunteer' then perform erase_volunteer(asked.owner_id); end if;
  if yes and asked.kind in ('volunteer', 'talks') then perform erase_talks(asked.owner_id); end if;
  if yes and asked.kind = 'papers' then perform papers_forget(asked.owner_id, (now() at time zone 'Europe/Tallinn')::date); end if;
  return query select asked.kind, asked.owner_id;
end $$;

-- What a report of a period looks for: what happened since a day or was written down since an instant, what was asked for a need, where a case was.
create index on need_event (on_date);
create index on need_event (recorded_at);
create index on assignment (need_id);
create index on assignment_event (on_date) where kind = 'ended';
create index on assignment_event (recorded_at) where kind = 'ended';
create index on case_known (case_id, recorded_at);
create index on month_report (month);
