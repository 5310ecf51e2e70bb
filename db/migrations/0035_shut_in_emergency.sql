-- A case that is closed, or rests on nothing, is shut before the other agencies of its network: in an emergency they ask like everybody else.
set local role tugivork_owner;

create or replace function glass_ask(the_number text, the_reason text, words bytea, review_due date) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); found case_file; standing text := glass_standing(auth_person()); guided boolean;
begin
  if me is null or not has_role('lead', 'member', 'supervisor') or not auth_fresh()
    or review_due not between (now() at time zone 'Europe/Tallinn')::date and (now() at time zone 'Europe/Tallinn')::date + 14 then
    raise exception 'not for you' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('glass/' || me::text, 0));
  if standing <> 'may' then return standing; end if;
  select * into found from case_file where number = the_number and not id = any ((select auth_walled())::uuid[]);
  guided := has_role('supervisor') and coalesce(found.id = any (auth_supervised()), false);
  if not guided and not has_role('lead', 'member') then return 'none'; end if;
  if not guided and found.network_id = any (auth_networks()) and not shut_case(found.id, auth_led()) then return 'seen'; end if;
  insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, review_due_on, opened_at, until)
  values (me, the_number, found.network_id, found.id, the_reason, words, not guided, review_due, case when guided then now() end,
    case when guided then now() + make_interval(mins => least(glass_limit('glassMinutes', 60), 60)) end);
  return case when guided then 'opened' else 'asked' end;
end $$;
