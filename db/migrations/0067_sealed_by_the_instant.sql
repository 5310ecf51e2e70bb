-- By what is the seal of what somebody holds bound, and when does it end? By the instant itself, and with the change that makes it untrue.
set local role tugivork_owner;

-- A number that nobody has seen, for this connection.
create function held_drawn() returns text language plpgsql as $$
begin
  return setval('held_nonce', ('x' || right(gen_random_uuid()::text, 12) || left(gen_random_uuid()::text, 3))::bit(60)::bigint + 1)::text;
end $$;

-- As before; the beginning of the transaction is bound as a number. As a text it could be made to look like another one, by a time zone of
-- one's own invention and a way of writing dates that leaves out how far it is from UTC.
create or replace function auth_held() returns held language plpgsql stable as $$
declare kept text := coalesce(current_setting('app.held', true), ''); bearer text; told text; mine held; nonce text;
begin
  bearer := concat_ws('|', current_setting('app.claim', true), extract(epoch from now())::text);
  if kept <> '' then
    nonce := currval('held_nonce')::text; told := substr(kept, 65);
    if left(kept, 64) = encode(sha256(convert_to(concat_ws('|', nonce, bearer, told, nonce), 'UTF8')), 'hex') then return told::held; end if;
  end if;
  mine := held_now();
  if mine.person_id is not null then
    nonce := held_drawn(); told := mine::text;
    perform set_config('app.held', encode(sha256(convert_to(concat_ws('|', nonce, bearer, told, nonce), 'UTF8')), 'hex') || told, true);
  end if;
  return mine;
end $$;

-- As before, and the number goes too: words that somebody has put aside cannot be put back after the change.
create or replace function held_forget() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform held_drawn();
  perform set_config('app.held', '', true);
  return null;
end $$;
