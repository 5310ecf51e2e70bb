-- Who tried a case before which a wall stands for them, and when was a calendar fetched by its link?
set local role tugivork_owner;

alter table watch_finding drop constraint watch_finding_rule_check;
alter table watch_finding add constraint watch_finding_rule_check
  check (rule in ('seal', 'bait', 'wall', 'surname', 'untied', 'volume', 'hours', 'denied', 'codes', 'reveal', 'sample', 'glass'));

-- One more rule, gone through with the others: whoever tries is answered as ever, in the same time, and what is found is written down by the process, later. Of each
-- day, person and case one finding, that grows until it is judged. Whoever stands in for somebody stands before that one's walls too. What was done at an other's
-- desk is left out of the other rules, and is not left out here. Everything else of the round stays as it was written last.
do $$
declare f constant regprocedure := 'watch_look(text[], text[], text[], text[], jsonb)'::regprocedure;
  written text := pg_get_functiondef(f); change text[];
begin
  foreach change slice 1 in array array[
    array['    every as (', $cte$    walled as (select e.actor, e.case_id, d.day, e.seq, e.at, coalesce(j.seq, 0) as judged
      from audit_event e cross join lateral (select (e.at at time zone 'Europe/Tallinn')::date as day) d
        left join lateral (select max(f.last_seq) as seq from watch_finding f where f.rule = 'wall' and f.person_id = e.actor and f.case_id = e.case_id
          and f.judgement is not null and (f.from_at at time zone 'Europe/Tallinn')::date = d.day) j on true
      where e.at >= first_day and e.result = 'denied' and e.seq > coalesce(j.seq, 0)
        and exists (select from wall w where w.case_id = e.case_id and w.person_id in (e.actor, e.on_behalf_of)
          and w.set_at <= e.at and (w.lifted_at is null or w.lifted_at > e.at))),
    every as ($cte$],
    array['      union all select ''glass'', g.person_id', $rule$      union all select 'wall', t.actor, t.case_id, 'wall/' || t.actor || '/' || t.case_id || '/' || t.day || '/' || t.judged, count(*)::int, null,
          min(t.seq), max(t.seq), min(t.at), max(t.at) from walled t group by t.actor, t.case_id, t.day, t.judged
      union all select 'glass', g.person_id$rule$]] loop
    if position(change[1] in written) = 0 then raise exception 'another text: %', change[1]; end if;
    written := replace(written, change[1], change[2]);
  end loop;
  execute written;
end $$;

-- The chain is written in one place, whoever the event is about. Only what looks behind the policies calls it: nobody else may add an event.
create function audit_chain(made audit_event) returns bigint language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare last audit_event;
begin
  perform pg_advisory_xact_lock(4711);
  select * into last from audit_event order by seq desc limit 1;
  made.seq := coalesce(last.seq, 0) + 1;
  made.at := clock_timestamp();
  made.fields := coalesce(made.fields, '{}');
  made.prev := coalesce(last.hash, '\x00'::bytea);
  made.hash := audit_hash(made);
  insert into audit_event select made.*;
  return made.seq;
end $$;

-- As before.
create or replace function audit_write(
  action text, object_kind text, object_id text, case_id uuid, network_id uuid, result text, fields text[], hits int, reason_sealed bytea
) returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare made audit_event;
  the_id text := case when object_id ~* '^(\{([0-9a-f]{4}-?){7}[0-9a-f]{4}\}|([0-9a-f]{4}-?){7}[0-9a-f]{4})$' then object_id::uuid::text else object_id end;
begin
  made.session_id := auth_session();
  made.actor := auth_person();
  made.on_behalf_of := coalesce(auth_behalf(), duty_behalf(object_kind, the_id, case_id));
  -- Before anybody is known there is nothing to tell but attempts at the door.
  if made.actor is null and action not like 'access.%' and session_user in ('tugivork_read', 'tugivork_write') then
    raise exception 'nobody is asking' using errcode = '42501';
  end if;
  made.action := action; made.object_kind := object_kind; made.object_id := the_id;
  made.case_id := case_id; made.network_id := network_id; made.result := result;
  made.fields := fields; made.hits := hits; made.reason_sealed := reason_sealed;
  return audit_chain(made);
end $$;

-- As before; and that it was read stands in the log, for its owner and the auditors, as often as it is noted. Whoever brings the link is its owner to us, without a session.
create or replace function door_calendar(token bytea) returns table (id uuid, kind text, on_date date, starts_at time, changed_at timestamptz, locale text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid; spoken text; by_kind boolean; made audit_event;
begin
  select f.person_id, p.locale, f.says_kind into who, spoken, by_kind from calendar_feed f join person p on p.id = f.person_id
    where f.token_hash = token and p.status = 'active';
  if who is null then return; end if;
  update calendar_feed f set read_at = now() where f.person_id = who and (f.read_at is null or f.read_at < now() - interval '1 hour');
  if found then
    made.actor := who; made.action := 'calendar.read'; made.object_kind := 'calendar'; made.result := 'done';
    perform audit_chain(made);
  end if;
  -- The first row says that there is such a calendar, be it empty.
  return query select null::uuid, null::text, null::date, null::time, null::timestamptz, spoken
    union all select c.id, case when by_kind then c.kind else 'any' end, c.on_date, c.starts_at, c.changed_at, spoken from calendar_of(who) c;
end $$;
