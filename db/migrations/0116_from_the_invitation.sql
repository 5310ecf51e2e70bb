-- From when on does an agency of the core group see a case? From its invitation until the closing; whoever leads, chairs or speaks for victim support
-- sees it from the referral on (docs/decisions/0052).
set local role tugivork_owner;

-- Since when the whole core group is invited. Kept by the triggers below out of the agendas; no login writes it.
alter table case_file add column invited_at timestamptz;
select classify('case_file', 'C1', 'invited_at');
create index case_file_uninvited on case_file (network_id) where invited_at is null and status = 'open';

-- The core group is invited by the agenda of a meeting to which people were invited, in the network that has the case today; what was left off an
-- agenda, and what was only to come to one, invites nobody.
create function core_invited(the_case uuid, the_network uuid) returns timestamptz language sql stable as $$
  select min(greatest(i.added_at, m.invited_at)) from agenda_item i join meeting m on m.id = i.meeting_id
  where i.case_id = the_case and i.network_id = the_network and i.removed_at is null and m.invited_at is not null
$$;
create function core_invited_drawn(the_cases uuid[]) returns void language sql as $$
  update case_file c set invited_at = core_invited(c.id, c.network_id)
  where c.id = any (the_cases) and c.invited_at is distinct from core_invited(c.id, c.network_id)
$$;

-- The row of the case is held before that of the docket (docket_kept comes after this by its name): so does whoever closes the case.
create function case_invited() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare row jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end); them uuid[];
begin
  them := case tg_table_name when 'meeting' then (select array_agg(case_id) from agenda_item where meeting_id = (row ->> 'id')::uuid)
    else array[(row ->> 'case_id')::uuid] end;
  perform from case_file where id = any (them) order by id for no key update;
  perform core_invited_drawn(them);
  return null;
end $$;
create trigger case_invited after insert or delete or update of removed_at on agenda_item for each row execute function case_invited();
create trigger case_invited after update of invited_at on meeting for each row when (old.invited_at is distinct from new.invited_at) execute function case_invited();
-- Another network invites its own core group anew.
create function invited_elsewhere() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.invited_at := core_invited(new.id, new.network_id);
  return new;
end $$;
create trigger invited_elsewhere before update of network_id on case_file for each row when (old.network_id <> new.network_id) execute function invited_elsewhere();

-- The policies, which close a table to its owner too, are put in force again after the migrations.
alter table case_file no force row level security;
alter table agenda_item no force row level security;
alter table meeting no force row level security;
update case_file set invited_at = core_invited(id, network_id) where id in (select case_id from agenda_item);

-- To which open cases somebody was let in before the core group was: because they assessed the risk in it or are to do so, their agency has told something of it, or
-- an action is theirs or their agency's. Which agency hides behind `other` nobody knows, so it opens nothing; an action of an agency of another
-- network, which came with the case, opens it to nobody here. Who brought a case the row of the case says itself.
create function invited_alone(who uuid, networks uuid[]) returns table (case_id uuid, why text) language sql stable as $$
  with seat as materialized (select n, nullif(agency_of(n, who), 'other') as agency from unnest(networks) n),
  waiting as materialized (select c.id, c.network_id, s.agency from seat s join case_file c on c.network_id = s.n where c.invited_at is null and c.status = 'open')
  select w.id, 'assesses' from waiting w where exists (select from assessment a where a.network_id = w.network_id and a.case_id = w.id
      and (a.state <> 'draft' or a.superseded_at is null) and who in (a.assessor_id, a.prepared_by))
  union all select w.id, 'told' from waiting w where exists (select from research r where r.case_id = w.id and r.network_id = w.network_id and r.agency = w.agency)
  union all select w.id, 'acts' from waiting w where exists (select from case_action a where a.case_id = w.id and a.owner_id = who)
  union all select w.id, 'agency' from waiting w where exists (select from case_action a
      join person_role r on r.person_id = a.owner_id and r.network_id = w.network_id and r.role in ('lead', 'member')
    where a.case_id = w.id and a.agency = w.agency)
$$;

-- As before; whether somebody still sits there is asked of the latest first, and of no more than need be: it is asked in each transaction of a member now.
create or replace function chair_of(the_network uuid) returns uuid language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select o.chair_id from (select m.chair_id from meeting m
    where m.network_id = the_network and m.chair_id is not null and m.invited_at is not null and m.phase <> 'cancelled'
    order by m.phase = 'held', case when m.phase = 'held' then m.on_date end desc, m.on_date offset 0) o
  where agency_of(the_network, o.chair_id) is not null limit 1
$$;

-- `whole`: the networks whose cases I see from the referral on. `invited`: the cases of the others to which I was let in before their core groups.
alter type held add attribute whole uuid[], add attribute invited uuid[];
create or replace function held_now() returns held language plpgsql stable as $$
declare mine held; standing uuid; stood record;
begin
  select s.person_id, s.id, r.roles, r.networks, r.led, s.substitution_id
    into mine.person_id, mine.session_id, mine.roles, mine.networks, mine.led, standing
  from session s join person p on p.id = s.person_id cross join lateral (
    select array_agg(distinct role) as roles, array_agg(distinct network_id) filter (where role in ('lead', 'member')) as networks,
      array_agg(distinct network_id) filter (where role = 'lead') as led
    from person_role where person_id = s.person_id and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to) r
  where s.claim_hash = sha256(convert_to(nullif(current_setting('app.claim', true), ''), 'UTF8'))
    -- A session that ends in this very transaction still says who ended it.
    and (s.ended_at is null or s.ended_at = now()) and s.idle_until > now() and s.absolute_until > now() and p.status = 'active';
  -- Before an administrator has shown the second key there is nothing to hold; whoever stands in holds the other's role alone.
  if 'admin' = any (mine.roles) and auth_owes() is not null then mine.roles := null; mine.networks := null; mine.led := null; end if;
  if standing is not null then
    select giver_id, role into stood from auth_substitution();
    if found then mine.behalf := stood.giver_id; mine.roles := array[stood.role]; mine.networks := null; mine.led := null; end if;
  end if;
  mine.walled := (select array_agg(distinct case_id) from wall where person_id in (mine.person_id, mine.behalf) and lifted_at is null and set_at < now());
  mine.roles := coalesce(mine.roles, '{}'); mine.networks := coalesce(mine.networks, '{}');
  mine.led := coalesce(mine.led, '{}'); mine.walled := coalesce(mine.walled, '{}');
  mine.whole := mine.led; mine.invited := '{}';
  if 'member' = any (mine.roles) then
    mine.whole := mine.led || array(select n from unnest(mine.networks) n where not n = any (mine.led)
      and (agency_of(n, mine.person_id) = 'victim_support' or chair_of(n) = mine.person_id));
    mine.invited := array(select distinct i.case_id from invited_alone(mine.person_id, array(select n from unnest(mine.networks) n where not n = any (mine.whole))) i);
  end if;
  return mine;
end $$;
create function auth_whole() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_held()).whole;
end $$;
create function auth_invited() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return (auth_held()).invited;
end $$;
-- Whatever opens a case to somebody, or a network, makes the rest of the transaction look again; whoever finishes a draft first sets it aside, and goes on seeing it.
create trigger held_forget after insert or update on case_action for each statement execute function held_forget();
create trigger held_forget after insert or update on research for each statement execute function held_forget();
create trigger held_forget after insert on assessment for each statement execute function held_forget();
create trigger held_forget after insert or update on agency_seat for each statement execute function held_forget();
create trigger held_forget after insert or update of chair_id, invited_at, phase, on_date on meeting for each statement execute function held_forget();

-- Is this a case of my network to which nobody has invited me yet? Also once it is closed.
create function not_invited(the_case uuid) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine held := auth_held();
begin
  return exists (select from case_file where id = the_case and invited_at is null and network_id = any (mine.networks) and not network_id = any (mine.whole)
    and created_by <> mine.person_id and not id = any (mine.invited) and not id = any (mine.walled));
end $$;

-- As before; and before whom it has not been opened yet.
create or replace function shut_case(the_case uuid, led uuid[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine held := auth_held();
begin
  return exists (select from case_file where id = the_case and not id = any (mine.walled) and (
    ((legal_basis = 'none' or status = 'closed') and not network_id = any (led))
    or (invited_at is null and network_id = any (mine.networks) and not network_id = any (mine.whole) and created_by <> mine.person_id
      and not id = any (mine.invited))));
end $$;

-- Who of the network sees this case today and by what, and who does not yet; for those of them who see it, and the auditor. Walls are told to nobody.
create function case_eyes(the_case uuid) returns table (person_id uuid, agency text, why text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with c as (select f.id, f.network_id, f.created_by, f.invited_at, f.status = 'closed' or f.legal_basis = 'none' as shut, chair_of(f.network_id) as chair
    from case_file f where f.id = the_case and not f.id = any ((select auth_walled())::uuid[])
      and (has_role('auditor') or (f.network_id = any (auth_networks()) and not shut_case(f.id, auth_led())))),
  seat as (select r.person_id, c.network_id, bool_or(r.role = 'lead') as leads, agency_of(c.network_id, r.person_id) as agency
    from c join person_role r on r.network_id = c.network_id and r.role in ('lead', 'member') join person p on p.id = r.person_id and p.status = 'active'
    where (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to group by r.person_id, c.network_id)
  select s.person_id, s.agency, case when s.leads then 'lead' when c.shut then null when s.person_id = c.chair then 'chair'
      when s.agency = 'victim_support' then 'victim_support' when s.person_id = c.created_by then 'referred' when c.invited_at is not null then 'invited'
      else (select i.why from invited_alone(s.person_id, array[c.network_id]) i where i.case_id = c.id limit 1) end
  from c cross join seat s
$$;

-- What a function does for the network it does for those who see the case: as before, and not before the invitation.
create or replace function supersede_whereabouts(item uuid) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update case_whereabouts set superseded_at = now()
    where id = item and superseded_at is null and network_id = any (auth_networks()) and not case_id = any ((select auth_walled())::uuid[])
      and not not_invited(case_id) returning 1)
  select exists (select 1 from done)
$$;
create or replace function case_closing_gaps(the_case uuid) returns table (kind text, id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with c as (select f.id, f.legal_basis, f.child_count, f.children_told_on, f.children_not_told_sealed, f.not_offered_at from case_file f
      where f.id = the_case and f.status = 'open' and f.network_id = any (auth_networks()) and not f.id = any ((select auth_walled())::uuid[]) and not not_invited(f.id)),
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
