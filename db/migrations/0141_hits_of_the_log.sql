-- Who tried a case that does not exist for them, because a wall stands before it?
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
