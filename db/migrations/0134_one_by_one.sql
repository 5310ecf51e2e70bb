-- Of two who do something to one thing at once, who is first, and what does the other find?
set local role tugivork_owner;

-- The second waits here until the first has made something of it or given up. It takes no other lock than this, and none that outlives the form.
create function one_by_one(what text) returns void language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended(what, 4725)) where auth_person() is not null
$$;

-- A need: as before; but of two at once the second finds the first one's word, and has no effect. One that is closed is closed once and nobody is asked
-- for it; one for which somebody has been asked is closed by the answer.
create or replace function need_status_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare was text;
begin
  select status into was from need where id = new.need_id for update;
  if (new.kind = 'closed' and was in ('proposed', 'closed')) or (new.kind = 'proposed' and was = 'closed') then
    raise exception 'the need is already %', was using errcode = '40001';
  end if;
  update need set version = version + 1, status = case new.kind when 'declined' then 'declined' when 'proposed' then 'proposed'
    when 'covered' then 'covered' when 'closed' then 'closed' else 'open' end where id = new.need_id;
  return new;
end $$;
