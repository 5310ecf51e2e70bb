-- How does somebody try her password at once in a browser of which nobody has heard, while others guess at it? By a link in a letter to her.
set local role tugivork_owner;

-- What was asked for, whoever's the address is: who asks is answered and kept alike. The process looks whose it is, and what is nobody's goes.
create table browser_letter (
  id uuid primary key default gen_random_uuid(),
  address text check (octet_length(address) <= 254), link_sealed bytea,
  person_id uuid references person,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  browser bytea check (octet_length(browser) = 32),
  asked_at timestamptz not null default now(), sent_at timestamptz, used_at timestamptz,
  check ((person_id is null) = (address is not null) and (link_sealed is null) = (address is null) and (sent_at is null) = (person_id is null)),
  check ((used_at is null) = (browser is null) and (used_at is null or sent_at is not null))
);
create index on browser_letter (asked_at) where address is not null;
create index on browser_letter (person_id);
create index on browser_letter (browser) where browser is not null;
select classify('browser_letter', 'C1', 'id person_id browser asked_at sent_at used_at');
select classify('browser_letter', 'C2', 'address link_sealed token_hash');

create function door_browser_ask(mail text, token bytea, link bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into browser_letter (address, token_hash, link_sealed) values (lower(mail), token, link)
$$;

-- Sends what was asked for, for the process. An hour a link holds, and there are never more than three that do: a fourth would tell its owner nothing
-- new, and when the last of them ends there is room for the next. What is nobody's goes at once, all of it: however much of it somebody sends, hers does not wait behind it.
create function browser_letters() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare asked record; sent int := 0;
begin
  if not has_role('system') then return 0; end if;
  delete from browser_letter l where l.used_at < now() - interval '1 day' or (l.used_at is null and l.sent_at < now() - interval '1 hour');
  delete from browser_letter l where l.address is not null and not exists (
    select from person p join credential c on c.person_id = p.id where p.email = l.address and p.status = 'active');
  delete from browser_letter l using (
    select w.id, row_number() over (partition by w.address order by w.asked_at, w.id) + (select count(*) from browser_letter h
      where h.person_id = p.id and h.used_at is null) as nth from browser_letter w join person p on p.email = w.address) more
  where l.id = more.id and more.nth > 3;
  for asked in select l.id, l.link_sealed, p.id as who from browser_letter l join person p on p.email = l.address order by l.asked_at for update of l skip locked loop
    update browser_letter l set person_id = asked.who, address = null, link_sealed = null, sent_at = now() where l.id = asked.id;
    insert into mail_outbox (person_id, kind, link_sealed) values (asked.who, 'new-browser', asked.link_sealed);
    perform audit_append('access.browserLetter', 'person', asked.who::text, null, null, 'done', '{}', null, null);
    sent := sent + 1;
  end loop;
  return sent;
end $$;

-- Whoever holds the link is known by this browser for a day, or from when she comes in by it for as long as ever. It opens nothing else.
create function door_browser_take(token bytea, the_browser bytea) returns uuid
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update browser_letter l set used_at = now(), browser = the_browser from person p
  where l.token_hash = token and l.used_at is null and l.sent_at > now() - interval '1 hour' and p.id = l.person_id and p.status = 'active' returning p.id
$$;

-- As before, or by a letter.
create or replace function door_known(who uuid, mail text, the_browser bytea) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from (
      select s.person_id from session s where s.browser = the_browser and s.created_at > now() - interval '180 days'
      union all select l.person_id from browser_letter l where l.browser = the_browser and l.used_at > now() - interval '1 day') known
    join person p on p.id = known.person_id
    where p.status = 'active' and ((who is null and mail is null) or p.id = who or p.email = lower(mail)))
$$;

-- As before; and once she has come in by a browser, her session knows it and the letter need not: whoever takes the session from it takes it back.
create or replace function door_remember(claim bytea, held bytea, fresh bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare who uuid; kept boolean;
begin
  select person_id into who from session where claim_hash = claim and ended_at is null for update;
  kept := door_known(who, null, held);
  update session set browser = case when kept then held else fresh end where claim_hash = claim and ended_at is null;
  delete from browser_letter where person_id = who and browser = held;
  return kept;
end $$;

-- As before; and what a letter let be known, or would let.
create or replace function browsers_forget(who uuid, but bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update session set browser = null where person_id = who and browser is not null and browser is distinct from but;
  delete from browser_letter where person_id = who and (but is null or browser is distinct from but)
$$;
