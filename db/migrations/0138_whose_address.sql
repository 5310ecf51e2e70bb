-- Whoever may not look at everybody's account is not told whether somebody has an address: it would be asked of any address, and leave no trace. What is
-- asked then waits like all else – the letters go out, to that address as well – and the second person is told why it cannot be.
create or replace function change_asked() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Two who ask at once wait for each other here.
  perform from person where id = new.person_id and status = 'active' for no key update;
  if not found or exists (select from person_role where person_id = new.person_id and role = 'system') then raise exception 'not for you' using errcode = '42501'; end if;
  if exists (select from confirmation c where c.person_id = new.person_id and c.kind = new.kind and c.id <> new.id
    and c.decision is null and c.stopped_at is null and c.expires_at > now()) then raise exception 'somebody was first' using errcode = '40001'; end if;
  if exists (select from person where email = new.new_email and (id = new.person_id or has_role('admin', 'coordinator'))) then raise exception 'somebody has it' using errcode = '23505'; end if;
  perform way_changed(new.person_id, new.kind || '-asked', null);
  if new.kind = 'email' then perform way_changed(new.person_id, 'email-asked-new', new.new_email); end if;
  return null;
end $$;
