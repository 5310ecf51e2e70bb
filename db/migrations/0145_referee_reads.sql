-- Is it written down that a referee was shown about whom they are asked, before they are?
set local role tugivork_owner;

-- As before, without the name: whoever only comes by, or hands in an answer, is told none.
drop function door_reference(bytea, bytea);
create function door_reference(token bytea, address bytea) returns table (id uuid, wait int)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare asked reference_request; busy int := reference_wait(address);
begin
  if busy > 0 then return query select null::uuid, busy; return; end if;
  asked := reference_behind(token);
  if asked.id is null then
    delete from application_try where at < now() - interval '1 day';
    insert into application_try (address_key, what) values (address, 'reference');
  end if;
  return query select asked.id, 0;
end $$;

-- As much of the candidate's name as somebody who knows them needs, with the event of its being read; nothing where the link leads to no question.
create function door_reference_name(token bytea) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare asked reference_request := reference_behind(token);
begin
  if asked.id is null then return null; end if;
  perform audit_append('recruitment.reference.open', 'application', asked.volunteer_id::text, null, null, 'done', '{}', null, null);
  return (select split_part(v.name, ' ', 1) || case when v.name like '% %' then ' ' || left(split_part(v.name, ' ', -1), 1) || '.' else '' end
    from volunteer v where v.id = asked.volunteer_id);
end $$;
