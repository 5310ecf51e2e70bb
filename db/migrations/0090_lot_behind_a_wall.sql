-- Does whoever plans a round of her own learn from what is closed that there is a case which does not exist for her?
set local role tugivork_owner;

-- As before; but what is behind a wall before whoever asks is not counted as closed to her: it is not there.
create or replace function sample_plan(own boolean, the_from date, the_to date) returns table (entries int, closed int, volunteers int, taken boolean)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare whose uuid := case when own then auth_person() end; walled uuid[] := auth_walled();
begin
  if not sample_mine(own) then return; end if;
  return query select (count(*) filter (where f.open))::int, (count(*) filter (where not f.open and not f.case_id = any (walled)))::int,
      (count(distinct f.volunteer_id) filter (where f.open))::int,
      exists (select from sample_round r where r.supervisor_id is not distinct from whose and r.from_on <= the_to and r.to_on >= the_from)
    from sample_frame(whose, the_from, the_to) f;
end $$;
