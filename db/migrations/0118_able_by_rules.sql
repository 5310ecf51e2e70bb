-- Who could take one more case, and who works with children? By the rules of matching, which ask how many cases she takes and whether a case of hers has
-- children – as that was known at the instant from which a figure is seen.
set local role tugivork_owner;

alter table volunteer_known add column max_cases int;
select classify('volunteer_known', 'C1', 'max_cases');
alter table case_known add column child_count int not null default 0;
select classify('case_known', 'C1', 'child_count');

create or replace function volunteer_known_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into volunteer_known (volunteer_id, county_code, child_contact, max_cases, recorded_at)
  values (new.id, new.county_code, new.child_contact, new.max_cases, case tg_op when 'INSERT' then '-infinity' else clock_timestamp() end);
  return new;
end $$;
drop trigger volunteer_known_next on volunteer;
create trigger volunteer_known_next after update on volunteer for each row
  when (old.county_code <> new.county_code or old.child_contact is distinct from new.child_contact or old.max_cases is distinct from new.max_cases)
  execute function volunteer_known_now();

create or replace function case_known_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into case_known (network_id, case_id, county_code, child_count, recorded_at)
  values (new.network_id, new.id, new.county_code, new.child_count, case tg_op when 'INSERT' then '-infinity' else clock_timestamp() end);
  return new;
end $$;
drop trigger case_known_next on case_file;
create trigger case_known_next after update on case_file for each row
  when (old.county_code <> new.county_code or old.child_count is distinct from new.child_count) execute function case_known_now();

-- What was not kept before is taken to have always been as it is now. Every table is closed to its owner too, so it is written past it.
reset role;
update volunteer_known k set max_cases = v.max_cases from volunteer v where v.id = k.volunteer_id and v.max_cases is not null;
update case_known k set child_count = f.child_count from case_file f where f.network_id = k.network_id and f.id = k.case_id and f.child_count > 0;
set local role tugivork_owner;

-- As before (0108); whoever helps in a case with children works with children, whatever was agreed with her once.
create or replace function load_parts() returns table (volunteer_id uuid, county_code text, minutes int, supports int, concerns int, children boolean, talk_days int,
  hours_points int, supports_points int, concerns_points int, children_points int, talk_points int)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare day date := (now() at time zone 'Europe/Tallinn')::date; walled uuid[] := auth_walled(); deputed uuid[] := auth_deputed(); behind uuid[] := auth_behind();
begin
  return query select v.id, v.county_code, w.minutes, h.supports, d.concerns, c.children, t.days,
      w.minutes / 300, greatest(h.supports - 1, 0), 2 * d.concerns, (c.children and h.supports > 0)::int, coalesce(t.days, 0) / 28
    from volunteer v
      cross join lateral (select walled || case when v.id = any (deputed) then behind else '{}'::uuid[] end as cases) hidden
      cross join lateral (select coalesce(sum(x.minutes), 0)::int as minutes from visit x
        where x.volunteer_id = v.id and x.superseded_at is null and x.on_date > day - 28 and not x.case_id = any (hidden.cases)) w
      cross join lateral (select count(*)::int as supports, min(a.start_on) as since, coalesce(bool_or(f.child_count > 0), false) as families
        from assignment a join case_file f on f.id = a.case_id
        where a.volunteer_id = v.id and a.status = 'active' and not a.case_id = any (hidden.cases)) h
      cross join lateral (select coalesce(v.child_contact, false) or h.families as children) c
      cross join lateral (select count(*)::int as concerns from concern x
        where x.volunteer_id = v.id and x.raised_at > now() - interval '28 days' and not x.case_id = any (hidden.cases)) d
      cross join lateral (select case when h.supports > 0 then greatest(day - coalesce(supervised_last(v.id), h.since), 0) end as days) t
    where status_on(v.status, v.paused_until, day) = 'active' or (v.status = 'paused' and h.supports > 0);
end $$;
