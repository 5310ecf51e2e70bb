-- Who needs a background check because of what she does today – and who hears when a case has its first child while its support runs?
set local role tugivork_owner;

-- As before; and whether a support that she runs, or is asked for, is in a case that has children today. It says so of no case, and of none behind a wall.
drop function volunteer_load(uuid[]);
create function volunteer_load(only_these uuid[]) returns table (volunteer_id uuid, active int, proposed int, last_used date, families boolean)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); nationwide boolean := has_role('coordinator', 'manager', 'auditor', 'system'); guided uuid[] := auth_supervisees(); near uuid[] := auth_helpers();
  walled uuid[] := auth_walled();
begin
  return query select a.volunteer_id, (count(*) filter (where a.status = 'active'))::int, (count(*) filter (where a.status = 'proposed'))::int, max(a.end_on),
      bool_or(a.status in ('proposed', 'active') and c.child_count > 0)
    from assignment a join volunteer v on v.id = a.volunteer_id join case_file c on c.id = a.case_id
    where a.status in ('proposed', 'active', 'ended') and a.volunteer_id = any (only_these) and not a.case_id = any (walled)
      and (nationwide or v.person_id = me or v.id = any (guided) or v.id = any (near))
    group by a.volunteer_id;
end $$;

-- For the process: from whom every case with children in which somebody helps, or is asked to, is behind a wall, and who hears nothing of that check.
create function families_hidden() returns table (volunteer_id uuid, person_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with family as (select a.volunteer_id, a.case_id from assignment a join case_file c on c.id = a.case_id
    where a.status in ('proposed', 'active') and c.child_count > 0 and has_role('system'))
  select f.volunteer_id, w.person_id from family f join wall w on w.case_id = f.case_id and w.lifted_at is null
  group by f.volunteer_id, w.person_id
  having count(distinct f.case_id) = (select count(distinct o.case_id) from family o where o.volunteer_id = f.volunteer_id)
$$;

-- The need knows how many children there are for as long as somebody is looked for, asked or helps. From the first of them on the check is needed
-- at once: where it does not hold, the coordinators, those who guide her and she herself hear, as when one has lapsed (R15).
create function case_children_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare day date := (now() at time zone 'Europe/Tallinn')::date; months int := setting_now('backgroundMonths', 12);
begin
  update need set child_count = new.child_count where case_id = new.id and status in ('open', 'proposed', 'covered');
  if old.child_count > 0 or new.child_count = 0 then return new; end if;
  insert into mail_outbox (person_id, kind)
  with unchecked as (select v.id, v.person_id, v.supervisor_id from assignment a join volunteer v on v.id = a.volunteer_id
    where a.case_id = new.id and a.status in ('proposed', 'active') and not exists (select from volunteer_evidence e
      where e.volunteer_id = v.id and e.kind = 'background' and e.superseded_at is null and e.passed and e.valid_from <= day
        and least(e.valid_to, (e.valid_from + make_interval(months => months))::date) >= day
        and not exists (select from volunteer_evidence n where n.volunteer_id = v.id and n.kind = 'background' and n.superseded_at is null and not n.passed
          and n.valid_from between e.valid_from and day))),
  held as (select r.person_id as id, r.role from person_role r join person p on p.id = r.person_id
    where p.status = 'active' and day between r.valid_from and r.valid_to
    union select s.taker_id, s.role from substitution s where substitution_holds(s)),
  told as (select h.id from held h where h.role = 'coordinator' and exists (select from unchecked)
    union select h.id from held h join unchecked u on u.person_id = h.id where h.role = 'volunteer'
    union select u.supervisor_id from unchecked u where u.supervisor_id is not null
    union select d.deputy_id from unchecked u cross join supervision_duties(null, u.id) d)
  select t.id, 'reminder' from told t where not exists (select from wall w where w.person_id = t.id and w.case_id = new.id and w.lifted_at is null);
  return new;
end $$;
create trigger case_children_now after update of child_count on case_file for each row
  when (old.child_count is distinct from new.child_count) execute function case_children_now();

-- Children who were added before this day. The policies, which close a table to its owner too, are put in force again after the migrations.
alter table need no force row level security;
alter table case_file no force row level security;
update need n set child_count = c.child_count from case_file c
where c.id = n.case_id and n.status in ('open', 'proposed', 'covered') and n.child_count <> c.child_count;
