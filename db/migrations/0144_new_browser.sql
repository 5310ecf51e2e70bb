-- How does somebody try her password at once in a browser of which nobody has heard, while others guess at it? By a link in a letter to her.
set local role tugivork_owner;

-- What was asked for, whoever's the address is: who asks is answered and kept alike. The process looks whose it is, and what is nobody's goes.
-- As long as the form lets one be, each letter of which may become two when it is made small.
create table browser_letter (
  id uuid primary key default gen_random_uuid(),
  address text check (char_length(address) <= 400), link_sealed bytea,
  person_id uuid references person,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  browser bytea check (octet_length(browser) = 32),
  asked_at timestamptz not null default now(), sent_at timestamptz, used_at timestamptz,
  check ((person_id is null) = (address is not null) and (link_sealed is null) = (address is null) and (sent_at is null) = (person_id is null)),
  check ((used_at is null) = (browser is null) and (used_at is null or sent_at is not null))
);
create index on browser_letter (address) where address is not null;
create index on browser_letter (person_id);
create index on browser_letter (browser) where browser is not null;
select classify('browser_letter', 'C1', 'id person_id browser asked_at sent_at used_at');
select classify('browser_letter', 'C2', 'address link_sealed token_hash');

-- Of one address no more wait than could be sent.
create function door_browser_ask(mail text, token bytea, link bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into browser_letter (address, token_hash, link_sealed)
  select lower(mail), token, link where (select count(*) from browser_letter where address = lower(mail)) < 3
$$;

-- Clears away what is nobody's and what is over, so much at a time; how much it was. However much of it somebody sends, hers does not wait behind it.
create function browser_letters_clear(most int) returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare gone int;
begin
  if not has_role('system') then return 0; end if;
  delete from browser_letter where id in (select l.id from browser_letter l
    where l.used_at < now() - interval '1 day' or (l.used_at is null and l.sent_at < now() - interval '1 hour') or (l.address is not null
      and not exists (select from person p join credential c on c.person_id = p.id where p.email = l.address and p.status = 'active')) limit most);
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Sends what was asked for, for the process. An hour a link holds, and there are never more than three that do: a fourth would tell its owner nothing
-- new, and when the last of them ends there is room for the next.
create function browser_letters() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare asked record; sent int := 0;
begin
  if not has_role('system') then return 0; end if;
  -- Who and how many is asked in this one statement: what comes meanwhile waits for the next round.
  for asked in select one.id, one.who, one.link_sealed, one.nth <= 3 as fits from (
      select l.id, p.id as who, l.link_sealed, row_number() over (partition by p.id order by l.asked_at, l.id)
        + (select count(*) from browser_letter h where h.person_id = p.id and h.sent_at > now() - interval '1 hour' and h.used_at is null) as nth
      from browser_letter l join person p on p.email = l.address and p.status = 'active' join credential c on c.person_id = p.id
      where l.address is not null) one limit 200 loop
    if not asked.fits then
      delete from browser_letter where id = asked.id;
      continue;
    end if;
    update browser_letter set person_id = asked.who, address = null, link_sealed = null, sent_at = now() where id = asked.id and address is not null;
    insert into mail_outbox (person_id, kind, link_sealed) values (asked.who, 'new-browser', asked.link_sealed);
    perform audit_append('access.browserLetter', 'person', asked.who::text, null, null, 'done', '{}', null, null);
    sent := sent + 1;
  end loop;
  return sent;
end $$;

-- For a day whoever holds the link tries passwords here under a count that only those have who read her letters. It opens nothing else.
create function door_browser_take(token bytea, the_browser bytea) returns uuid
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update browser_letter l set used_at = now(), browser = the_browser from person p
  where l.token_hash = token and l.used_at is null and l.sent_at > now() - interval '1 hour' and p.id = l.person_id and p.status = 'active' returning p.id
$$;

-- In one question: whether a person (by id or by address, or with neither anybody) has come in by this browser, and whether a letter to this address lets try here.
create function door_browser(who uuid, mail text, the_browser bytea, letter bytea) returns table (known boolean, by_letter boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select door_known(who, mail, the_browser), exists (select from browser_letter l join person p on p.id = l.person_id
    where l.browser = letter and l.used_at > now() - interval '1 day' and p.status = 'active' and p.email = lower(mail))
$$;

-- As before; and what a letter lets try, or would let.
create or replace function browsers_forget(who uuid, but bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update session set browser = null where person_id = who and browser is not null and browser is distinct from but;
  delete from browser_letter where person_id = who
$$;

-- A letter to an address that is hers no more lets nobody try.
create function browser_letters_end() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from browser_letter where person_id = new.id;
  return new;
end $$;
create trigger browser_letters_end after update of email on person for each row when (old.email is distinct from new.email) execute function browser_letters_end();
