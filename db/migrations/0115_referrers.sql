-- Whoever works for a partner organisation without a seat in a network brings a case and never sees it: what is kept of that, and what may they know?
set local role tugivork_owner;

alter table person_role drop constraint person_role_role_check;
alter table person_role add constraint person_role_role_check check (role in ('coordinator', 'manager', 'lead', 'member', 'supervisor', 'volunteer', 'trainer', 'steering',
  'auditor', 'admin', 'referrer', 'system'));
-- For whom somebody brings cases is part of the right to bring them.
alter table person_role add constraint person_role_of_agency check (role <> 'referrer' or (agency is not null and btrim(agency) <> ''));
alter table confirmation add constraint confirmation_of_agency check (role is distinct from 'referrer' or (agency is not null and btrim(agency) <> ''));

-- Who brought the case, for whom and when; to which network it went then (where it is now is nothing that they may know); and what they are told of it.
create table referral (
  network_id uuid not null, case_id uuid not null unique, id uuid not null default gen_random_uuid() unique,
  person_id uuid not null references person, agency text not null, sent_to uuid not null references network, sent_at timestamptz not null default now(),
  state text not null default 'received' check (state in ('received', 'taken', 'declined')), answered_by uuid references person, answered_at timestamptz,
  primary key (network_id, case_id, id),
  -- It is there before its case, so that only what is new can be brought.
  foreign key (network_id, case_id) references case_file (network_id, id) on update cascade deferrable initially deferred,
  check ((state = 'received') = (answered_by is null) and (state = 'received') = (answered_at is null))
);
create index on referral (person_id, sent_at);
select classify('referral', 'C1', 'network_id case_id id person_id agency sent_to sent_at state answered_by answered_at');

-- What they learn afterwards; closed with the key of the case.
create table referral_word (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), referral_id uuid not null references referral (id),
  words_sealed bytea not null, written_at timestamptz not null default now(), read_by uuid references person, read_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id) on update cascade,
  check ((read_by is null) = (read_at is null))
);
create index on referral_word (case_id, written_at);
select classify('referral_word', 'C1', 'network_id case_id id referral_id written_at read_by read_at');
select classify('referral_word', 'C3', 'words_sealed');

-- Begins to bring a case that is not there yet; the receipt says nothing and goes to whoever sent it, whether or not a wall is raised by what comes next.
create function referral_begin(the_case uuid, the_network uuid) returns uuid language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); place text; made uuid;
begin
  select r.agency into place from person_role r where r.person_id = me and r.role = 'referrer'
    and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to order by r.valid_from desc limit 1;
  if place is null or not has_role('referrer') or exists (select from case_file where id = the_case)
    or not exists (select from network where id = the_network and status = 'active') then
    raise exception 'not for you' using errcode = '42501';
  end if;
  insert into referral (network_id, case_id, person_id, agency, sent_to) values (the_network, the_case, me, place, the_network) returning id into made;
  insert into mail_outbox (person_id, kind) values (me, 'referral-received');
  return made;
end $$;

-- The case that I am bringing: in this very transaction, and never again.
create function auth_referring() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not has_role('referrer') then return '{}'; end if;
  return (select coalesce(array_agg(r.case_id), '{}') from referral r where r.person_id = auth_person() and r.sent_at = now());
end $$;

-- As before; and of what I am bringing: that it was the same victim is written in the case and told to nobody but its lead.
create or replace function repeat_case(network uuid, code bytea, since date) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id from case_person p join case_file c on c.id = p.case_id
  where p.network_id = network and (network = any (auth_networks()) or network in (select r.network_id from referral r where r.case_id = any (auth_referring())))
    and p.kind = 'victim' and p.personal_code_index = code and p.superseded_at is null
    and c.referred_on >= since and not c.id = any ((select auth_walled())::uuid[]) order by c.referred_on desc limit 1
$$;
create or replace function next_case_number(year int) returns text language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select 'M-' || year || '-' || to_char(coalesce(max(substring(number from 8)::int), 0) + 1, 'FM99999000')
  from (select pg_advisory_xact_lock(4712)) l, lateral (select number from case_file where number like 'M-' || year || '-%'
    union all select number from case_number_left where number like 'M-' || year || '-%') n
  -- To anybody else the number would tell how many cases there are.
  where has_role('lead', 'member') or auth_referring() <> '{}' or session_user not in ('tugivork_read', 'tugivork_write')
$$;
create or replace function link_writes(the_case uuid) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select f.network_id from case_file f where f.id = the_case and (f.network_id = any (auth_networks()) or f.id = any (auth_referring())) and f.status = 'open'
    and not f.id = any ((select auth_walled())::uuid[]) and (f.network_id = any (auth_led()) or not shut_case(f.id, auth_led()))
$$;

-- Whom to call about it: who leads the network to which it went, whoever has answered first; nobody before whom the case is walled off, and where nobody is left, who coordinates.
create function referral_callers(the_referral uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with open as (select distinct p.person_id, p.role, p.network_id, p.person_id = r.answered_by as answered, r.sent_to from referral r, person_role p join person n on n.id = p.person_id
    where r.id = the_referral and n.status = 'active' and (now() at time zone 'Europe/Tallinn')::date between p.valid_from and p.valid_to
      and not exists (select from wall w where w.person_id = p.person_id and w.case_id = r.case_id and w.lifted_at is null)),
  leads as (select coalesce(array_agg(person_id order by answered desc nulls last, person_id), '{}') as ids from open where role = 'lead' and network_id = sent_to)
  select case when ids <> '{}' then ids else (select coalesce(array_agg(person_id order by person_id), '{}') from open where role = 'coordinator') end from leads
$$;

-- What I have brought, and no more of it than that: before a wall it stands as it stood when it was sent, for ever.
create function referrals_mine() returns table (id uuid, sent_at timestamptz, network text, state text, answered_at timestamptz, callers uuid[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.id, r.sent_at, n.name, case when w.stands then 'received' else r.state end, case when not w.stands then r.answered_at end, referral_callers(r.id)
  from referral r join network n on n.id = r.sent_to cross join lateral (select r.case_id = any ((select auth_walled())::uuid[]) as stands) w
  where r.person_id = auth_person() and has_role('referrer') and r.sent_at > now() - make_interval(months => setting_now('referralShownMonths', 12))
  order by r.sent_at desc
$$;

-- By which key what I add is closed: handed to the process, for what I have brought and as long as it is shown to me; the case itself stays closed to me.
create function referral_key(the_referral uuid) returns table (owner_id uuid, kind text, master_id text, wrapped bytea, wrapped_other bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k.owner_id, k.kind, k.master_id, k.wrapped, k.wrapped_other from referral r join sealed_key k on k.owner_id = r.case_id and k.kind = 'case'
  where r.id = the_referral and r.person_id = auth_person() and has_role('referrer') and k.wrapped is not null
    and r.sent_at > now() - make_interval(months => setting_now('referralShownMonths', 12))
$$;

-- What I have learned since: it reaches the network that has the case now, and whoever leads it hears that something waits. No wall keeps out what comes in.
create function referral_add(the_referral uuid, the_id uuid, words bytea) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare r referral;
begin
  if not exists (select from referral_key(the_referral)) then return false; end if;
  select * into r from referral where id = the_referral;
  insert into referral_word (network_id, case_id, id, referral_id, words_sealed) values (r.network_id, r.case_id, the_id, r.id, words);
  perform mail_about(r.case_id, l.person_id, 'new-task') from (select distinct p.person_id from person_role p where p.role = 'lead' and p.network_id = r.network_id
    and (now() at time zone 'Europe/Tallinn')::date between p.valid_from and p.valid_to) l;
  return true;
end $$;

-- Who brought a case, for its network.
create function referral_of(the_case uuid) returns table (id uuid, person_id uuid, agency text, sent_at timestamptz, state text, answered_by uuid, answered_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.id, r.person_id, r.agency, r.sent_at, r.state, r.answered_by, r.answered_at from referral r
  where r.case_id = the_case and r.network_id = any (auth_networks()) and not r.case_id = any ((select auth_walled())::uuid[]) and not shut_case(r.case_id, auth_led())
$$;
create function referral_words(the_case uuid) returns table (id uuid, words_sealed bytea, written_at timestamptz, read_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select w.id, w.words_sealed, w.written_at, w.read_at from referral_word w
  where w.case_id = the_case and w.network_id = any (auth_networks()) and not w.case_id = any ((select auth_walled())::uuid[]) and not shut_case(w.case_id, auth_led())
  order by w.written_at
$$;
-- Those who brought what my networks keep: their names, and how to reach them.
create function auth_referrers() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine uuid[] := auth_networks();
begin
  if mine = '{}' then return '{}'; end if;
  return (select coalesce(array_agg(distinct r.person_id), '{}') from referral r where r.network_id = any (mine)
    and not r.case_id = any ((select auth_walled())::uuid[]) and not shut_case(r.case_id, auth_led()));
end $$;

-- The lead tells whoever brought the case whether it was taken up; who had it wrong says it anew. `true` where something was said.
create function referral_answer(the_case uuid, how text) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with said as (update referral set state = how, answered_by = auth_person(), answered_at = now()
    where case_id = the_case and network_id = any (auth_led()) and not case_id = any ((select auth_walled())::uuid[]) and state <> how and how in ('taken', 'declined') returning 1)
  select exists (select from said)
$$;
create function referral_read(the_case uuid) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update referral_word set read_by = auth_person(), read_at = now()
    where case_id = the_case and network_id = any (auth_led()) and not case_id = any ((select auth_walled())::uuid[]) and read_at is null returning 1)
  select exists (select from done)
$$;
-- What waits for the lead: somebody wants to hear whether it was taken up, or has told more.
create function referrals_waiting() returns table (case_id uuid, number text, more boolean, since timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, c.number, r.state <> 'received', case when r.state = 'received' then r.sent_at else w.since end
  from referral r join case_file c on c.id = r.case_id
    left join lateral (select min(o.written_at) as since from referral_word o where o.case_id = r.case_id and o.read_at is null) w on true
  where r.network_id = any (auth_led()) and not r.case_id = any ((select auth_walled())::uuid[]) and (r.state = 'received' or w.since is not null)
  order by 4
$$;
