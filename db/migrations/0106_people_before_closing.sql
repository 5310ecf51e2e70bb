-- Whoever is left when somebody has died is answered for before her case is closed.
set local role tugivork_owner;

-- As before; people who have no answer in the plan are a hindrance of their own.
create or replace function case_closing_gaps(the_case uuid) returns table (kind text, id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with c as (select f.id, f.legal_basis, f.child_count, f.children_told_on, f.children_not_told_sealed, f.not_offered_at from case_file f
      where f.id = the_case and f.status = 'open' and f.network_id = any (auth_networks()) and not f.id = any ((select auth_walled())::uuid[])),
    last as (select a.id, a.made_on from assessment a, c where a.case_id = c.id and a.state <> 'draft' and a.superseded_at is null
      order by a.made_on desc, a.recorded_at desc limit 1)
  select 'risk-none', null::uuid from c where c.legal_basis <> 'none' and not exists (select from last)
  union all select 'risk-old', last.id from c, last where c.legal_basis <> 'none'
    and last.made_on < (now() at time zone 'Europe/Tallinn')::date - setting_now('closingRiskDays', 30)
  union all select 'risk-draft', a.id from c join assessment a on a.case_id = c.id where a.state = 'draft' and a.superseded_at is null
  union all select 'risk-plan', last.id from c, last where c.legal_basis <> 'none' and exists (select from plan_gaps_of(c.id) g where g.kind = 'risk' and g.missing > 0)
  union all select 'plan-people', last.id from c, last where c.legal_basis <> 'none' and exists (select from plan_gaps_of(c.id) g where g.kind <> 'risk' and g.missing > 0)
  union all select 'offer', null from c where c.legal_basis <> 'none' and c.not_offered_at is null and not exists (select from need n where n.case_id = c.id)
  union all select 'children', null from c where c.child_count > 0 and c.children_told_on is null and c.children_not_told_sealed is null
  union all select 'action', a.id from c join case_action a on a.case_id = c.id where a.state = 'open'
  union all select 'need', n.id from c join need n on n.case_id = c.id where n.status = 'open'
  union all select 'asked', s.id from c join assignment s on s.case_id = c.id where s.status = 'proposed'
  union all select 'support', s.id from c join assignment s on s.case_id = c.id where s.status = 'active'
  union all select 'task-' || t.kind, t.id from c join case_task t on t.case_id = c.id where t.done_at is null and t.kind not in ('assess-again', 'follow-up')
  union all select 'transfer', t.id from c join case_transfer t on t.case_id = c.id where t.state = 'open'
  union all select 'concern', w.id from c join concern w on w.case_id = c.id where w.closed_at is null
$$;

-- As before; children, other adults and whoever used violence are still there where she has died. Of a case that is none nobody asks for them.
create or replace function closing_begins() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from case_file where id = new.case_id and status = 'open' for update;
  if not found then raise exception 'the case is not open' using errcode = '40001'; end if;
  if exists (select from case_closing_gaps(new.case_id) g where not (new.reason in ('died', 'mistake') and (g.kind like 'risk-%' or g.kind = 'offer' or (new.reason = 'mistake' and g.kind = 'plan-people')))) then
    raise exception 'something stands in the way' using errcode = '23514';
  end if;
  select a.level, a.made_on into new.level, new.assessed_on from assessment a
    where a.case_id = new.case_id and a.state <> 'draft' and a.superseded_at is null order by a.made_on desc, a.recorded_at desc limit 1;
  return new;
end $$;
