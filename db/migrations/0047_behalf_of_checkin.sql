-- What a deputy reads of how somebody is, and that it was seen, stands in the log under both names too.
set local role tugivork_owner;

create or replace function duty_behalf(the_kind text, the_id text, the_case uuid) returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare deputed uuid[] := auth_deputed(); about uuid; of uuid;
begin
  if deputed = '{}' then return null; end if;
  about := case when the_id ~ '^[0-9a-f]{8}-[0-9a-f-]{27}$' then the_id::uuid end;
  of := case the_kind when 'volunteer' then about
    when 'month-report' then (select volunteer_id from month_report where id = about)
    when 'visit' then (select volunteer_id from visit where id = about)
    when 'concern' then (select volunteer_id from concern where id = about)
    when 'assignment' then (select volunteer_id from assignment where id = about)
    when 'checkin' then (select volunteer_id from wellbeing_checkin where id = about)
    when 'supervision-session' then (select volunteer_id from supervision_participant where session_id = about and volunteer_id = any (deputed) limit 1)
    when 'case' then (select volunteer_id from assignment where case_id = the_case and volunteer_id = any (deputed) limit 1) end;
  return (select supervisor_id from volunteer where id = of and id = any (deputed));
end $$;
