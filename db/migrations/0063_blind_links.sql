-- May somebody who helps know somebody of a case? Both sides are compared closed: neither reads a word of the other's.
set local role tugivork_owner;

-- What a volunteer tells of herself and of those she lives with, each line under a key of its own that is hers alone.
create table volunteer_circle (
  id uuid primary key, volunteer_id uuid not null references volunteer,
  kind text not null check (kind in ('name', 'phone', 'address', 'work', 'car', 'school')),
  value_sealed bytea not null, told_at timestamptz not null default clock_timestamp()
);
create index on volunteer_circle (volunteer_id);
select classify('volunteer_circle', 'C1', 'id volunteer_id kind told_at');
select classify('volunteer_circle', 'C2', 'value_sealed');
alter table sealed_key drop constraint sealed_key_kind_check;
alter table sealed_key add constraint sealed_key_kind_check check (kind in ('case', 'volunteer', 'import', 'person', 'report', 'session', 'checkin', 'reference', 'circle'));

-- The same values in the form in which they are compared, closed with a key that the database does not have. `class` says how alike two are that meet.
create table volunteer_link_key (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  fact_id uuid not null references volunteer_circle, class text not null, key_index bytea not null
);
create index on volunteer_link_key (key_index);
create index on volunteer_link_key (volunteer_id);
create index on volunteer_link_key (fact_id);
select classify('volunteer_link_key', 'C1', 'id volunteer_id fact_id class');
select classify('volunteer_link_key', 'C2', 'key_index');

create table case_link_key (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), item_id uuid not null,
  about text not null check (about in ('victim', 'perpetrator', 'child', 'victimKin', 'perpetratorKin', 'other')),
  class text not null, key_index bytea,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id) on update cascade
);
create index on case_link_key (key_index);
create index on case_link_key (case_id);
create index on case_link_key (item_id);
select classify('case_link_key', 'C1', 'network_id case_id id item_id about class');
select classify('case_link_key', 'C2', 'key_index');

-- What the network knows of people around the case that the case keeps nowhere. Only the form that is compared is kept: nobody can read it back.
create table case_link_fact (
  network_id uuid not null, case_id uuid not null, id uuid not null,
  about text not null check (about in ('victim', 'perpetrator', 'child', 'victimKin', 'perpetratorKin', 'other')),
  kind text not null check (kind in ('name', 'phone', 'address', 'work', 'car', 'school')),
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  removed_by uuid references person, removed_at timestamptz, check ((removed_at is null) = (removed_by is null)),
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id) on update cascade
);
create index on case_link_fact (case_id);
select classify('case_link_fact', 'C1', 'network_id case_id id about kind recorded_by recorded_at removed_by removed_at');

-- A volunteer and a case between which something was alike; what was alike; and what was said of it: each word stays, the last one counts.
create table conflict_pair (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  primary key (network_id, case_id, id), unique (volunteer_id, case_id),
  foreign key (network_id, case_id) references case_file (network_id, id) on update cascade
);
create index on conflict_pair (case_id);
create unique index on conflict_pair (id);
select classify('conflict_pair', 'C1', 'network_id case_id id volunteer_id');

create table conflict_link (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), pair_id uuid not null,
  item_id uuid not null, about text not null, class text not null,
  found_at timestamptz not null default clock_timestamp(), gone_at timestamptz,
  primary key (network_id, case_id, id), unique (pair_id, item_id, class),
  foreign key (network_id, case_id, pair_id) references conflict_pair (network_id, case_id, id) on update cascade on delete cascade
);
select classify('conflict_link', 'C1', 'network_id case_id id pair_id item_id about class found_at gone_at');

create table conflict_word (
  network_id uuid not null, case_id uuid not null, id uuid not null, pair_id uuid not null,
  kind text not null check (kind in ('asked', 'clear', 'conflict')), reason_sealed bytea,
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  primary key (network_id, case_id, id), check ((kind = 'asked') = (reason_sealed is null)),
  foreign key (network_id, case_id, pair_id) references conflict_pair (network_id, case_id, id) on update cascade on delete cascade
);
create index on conflict_word (pair_id, recorded_at);
select classify('conflict_word', 'C1', 'network_id case_id id pair_id kind recorded_by recorded_at');
select classify('conflict_word', 'C3', 'reason_sealed');

-- What looks anew at these volunteers and these cases. Two who tell at once wait for each other, so that none misses the other's word.
create function links_renew(the_volunteers uuid[], the_cases uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(4720);
  insert into conflict_pair (network_id, case_id, volunteer_id)
  select c.network_id, c.case_id, v.volunteer_id from volunteer_link_key v join case_link_key c on c.key_index = v.key_index where v.volunteer_id = any (the_volunteers)
  union select c.network_id, c.case_id, v.volunteer_id from case_link_key c join volunteer_link_key v on v.key_index = c.key_index where c.case_id = any (the_cases)
  on conflict (volunteer_id, case_id) do nothing;
  insert into conflict_link (network_id, case_id, pair_id, item_id, about, class)
  select distinct p.network_id, p.case_id, p.id, c.item_id, c.about, c.class from conflict_pair p
    join volunteer_link_key v on v.volunteer_id = p.volunteer_id join case_link_key c on c.case_id = p.case_id and c.key_index = v.key_index
  where p.volunteer_id = any (the_volunteers) or p.case_id = any (the_cases)
  -- What was gone and is back is a new link: what was said of it before does not speak for it.
  on conflict (pair_id, item_id, class) do update set gone_at = null, found_at = clock_timestamp() where conflict_link.gone_at is not null;
  update conflict_link l set gone_at = clock_timestamp() from conflict_pair p
  where l.pair_id = p.id and l.gone_at is null and (p.volunteer_id = any (the_volunteers) or p.case_id = any (the_cases))
    and not exists (select from volunteer_link_key v join case_link_key c on c.key_index = v.key_index
      where v.volunteer_id = p.volunteer_id and c.case_id = p.case_id and c.item_id = l.item_id and c.class = l.class);
end $$;

create function links_of_told() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_table_name = 'case_link_key' then perform links_renew('{}', array(select distinct case_id from changed));
  else perform links_renew(array(select distinct volunteer_id from changed), '{}'); end if;
  return null;
end $$;
create trigger links_told after insert on case_link_key referencing new table as changed for each statement execute function links_of_told();
create trigger links_untold after delete on case_link_key referencing old table as changed for each statement execute function links_of_told();
create trigger links_told after insert on volunteer_link_key referencing new table as changed for each statement execute function links_of_told();
create trigger links_untold after delete on volunteer_link_key referencing old table as changed for each statement execute function links_of_told();

-- Who was taken down wrongly, or a place that is no longer true, is no longer compared.
create function links_superseded() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from case_link_key where item_id = new.id and case_id = new.case_id;
  return null;
end $$;
create trigger links_superseded after update of superseded_at on case_person for each row when (new.superseded_at is not null) execute function links_superseded();
create trigger links_superseded after update of superseded_at on case_whereabouts for each row when (new.superseded_at is not null) execute function links_superseded();

-- Of a case that was erased nothing is compared any more, and nothing is left of what was alike; the same of a volunteer.
create function links_forgotten() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_table_name = 'case_link_key' then delete from conflict_pair where case_id = new.case_id; return null; end if;
  perform destroy_keys(array(select id from volunteer_circle where volunteer_id = new.id));
  delete from volunteer_link_key where volunteer_id = new.id;
  delete from volunteer_circle where volunteer_id = new.id;
  delete from conflict_pair where volunteer_id = new.id;
  return null;
end $$;
create trigger links_forgotten after update of key_index on case_link_key for each row when (new.key_index is null) execute function links_forgotten();
-- An erased volunteer has her code for a name.
create trigger links_forgotten after update of name on volunteer for each row when (new.name = new.code) execute function links_forgotten();

-- The volunteer tells a line of her circle: closed for herself, and in the form that is compared.
create function circle_tell(the_id uuid, the_kind text, sealed bytea, master text, key bytea, classes text[], indexes bytea[]) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_volunteer();
begin
  if me is null then raise exception 'not for you' using errcode = '42501'; end if;
  if (select count(*) from volunteer_circle where volunteer_id = me) >= 60 then raise exception 'too many lines' using errcode = '23514'; end if;
  insert into volunteer_circle (id, volunteer_id, kind, value_sealed) values (the_id, me, the_kind, sealed);
  insert into sealed_key (kind, owner_id, master_id, wrapped) values ('circle', the_id, master, key);
  insert into volunteer_link_key (volunteer_id, fact_id, class, key_index) select me, the_id, k.class, k.index from unnest(classes, indexes) k (class, index);
end $$;

-- … and takes it back: its key is destroyed, and nobody is compared with it any more.
create function circle_forget(the_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from volunteer_circle where id = the_id and volunteer_id = auth_volunteer();
  if not found then return false; end if;
  perform destroy_keys(array[the_id]);
  delete from volunteer_link_key where fact_id = the_id;
  delete from volunteer_circle where id = the_id;
  return true;
end $$;

-- Who has told anything, and on which day last; not what.
create function circles_told() returns table (volunteer_id uuid, told_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.volunteer_id, (max(c.told_at) at time zone 'Europe/Tallinn')::date from volunteer_circle c where has_role('coordinator', 'system') group by c.volunteer_id
$$;

-- May the person who asks write what is compared of this case? Its network, while it is open.
create function link_writes(the_case uuid) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select f.network_id from case_file f where f.id = the_case and f.network_id = any (auth_networks()) and f.status = 'open'
    and not f.id = any ((select auth_walled())::uuid[]) and (f.network_id = any (auth_led()) or not shut_case(f.id, auth_led()))
$$;

create function link_keys(the_case uuid, item uuid, who text, classes text[], indexes bytea[]) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare network uuid := link_writes(the_case);
begin
  if network is null then raise exception 'not for you' using errcode = '42501'; end if;
  insert into case_link_key (network_id, case_id, item_id, about, class, key_index)
  select network, the_case, item, who, k.class, k.index from unnest(classes, indexes) k (class, index);
end $$;

create function link_fact(the_case uuid, the_id uuid, who text, the_kind text, classes text[], indexes bytea[]) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare network uuid := link_writes(the_case);
begin
  if network is null then raise exception 'not for you' using errcode = '42501'; end if;
  if (select count(*) from case_link_fact where case_id = the_case and removed_at is null) >= 60 then raise exception 'too many facts' using errcode = '23514'; end if;
  insert into case_link_fact (network_id, case_id, id, about, kind, recorded_by) values (network, the_case, the_id, who, the_kind, auth_person());
  perform link_keys(the_case, the_id, who, classes, indexes);
end $$;

create function link_fact_remove(the_case uuid, the_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if link_writes(the_case) is null then return false; end if;
  update case_link_fact set removed_by = auth_person(), removed_at = clock_timestamp() where case_id = the_case and id = the_id and removed_at is null;
  if not found then return false; end if;
  delete from case_link_key where case_id = the_case and item_id = the_id;
  return true;
end $$;

-- How each pair of these cases stands: 'conflict' was said last; 'open' has something nobody has spoken of yet; 'clear' has nothing else. `strong`: by itself it
-- says that two may be the same person, number, car or home. Asked by the functions below alone.
create function link_states(the_cases uuid[]) returns table (pair_id uuid, network_id uuid, case_id uuid, volunteer_id uuid, state text, strong boolean,
  classes text[], found_at timestamptz, asked_at timestamptz, asked_by uuid, answered_at timestamptz, running boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.network_id, p.case_id, p.volunteer_id, case when w.kind = 'conflict' then 'conflict' when l.fresh > 0 then 'open' else 'clear' end,
    coalesce(case when l.fresh > 0 then l.fresh_strong else l.strong end, false), l.classes, l.found_at, a.recorded_at, a.recorded_by, w.recorded_at,
    exists (select from assignment s where s.case_id = p.case_id and s.volunteer_id = p.volunteer_id and s.status in ('proposed', 'active'))
  from conflict_pair p
    left join lateral (select kind, recorded_at from conflict_word where pair_id = p.id and kind <> 'asked' order by recorded_at desc limit 1) w on true
    left join lateral (select recorded_at, recorded_by from conflict_word where pair_id = p.id and kind = 'asked' order by recorded_at desc limit 1) a on true
    cross join lateral (select count(*) as live, count(*) filter (where w.kind is null or k.found_at > w.recorded_at) as fresh,
      bool_or(k.class in ('name', 'phone', 'address', 'car')) as strong,
      bool_or(k.class in ('name', 'phone', 'address', 'car')) filter (where w.kind is null or k.found_at > w.recorded_at) as fresh_strong,
      coalesce(array_agg(distinct k.class order by k.class), '{}') as classes, max(k.found_at) as found_at
      from conflict_link k where k.pair_id = p.id and k.gone_at is null) l
  where p.case_id = any (the_cases) and (l.live > 0 or w.kind = 'conflict')
$$;

-- To whoever chooses a person: of which volunteer and which case something may be alike, by which kind and how strongly. Not whose, and no value.
create function links_at_matching() returns table (volunteer_id uuid, case_id uuid, state text, strong boolean, classes text[], found_at timestamptz, asked_at timestamptz, running boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.volunteer_id, s.case_id, s.state, s.strong, s.classes, s.found_at, s.asked_at, s.running
  from link_states(array(select n.case_id from need n where n.status in ('open', 'proposed', 'covered') and not n.case_id = any ((select auth_walled())::uuid[]))) s
  where has_role('coordinator', 'system')
$$;

-- The coordinator asks the case worker; the answer is the network that is asked, or nothing where there is nothing to ask.
create function link_ask(the_need uuid, the_volunteer uuid, the_word uuid) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare s record;
begin
  if not has_role('coordinator') then raise exception 'not for you' using errcode = '42501'; end if;
  select k.* into s from need n cross join lateral link_states(array[n.case_id]) k
  where n.id = the_need and n.status in ('open', 'proposed', 'covered') and not n.case_id = any ((select auth_walled())::uuid[])
    and k.volunteer_id = the_volunteer and k.state = 'open';
  if s.pair_id is null then return null; end if;
  if s.asked_at is null or s.asked_at < s.found_at then
    insert into conflict_word (network_id, case_id, id, pair_id, kind, recorded_by) values (s.network_id, s.case_id, the_word, s.pair_id, 'asked', auth_person());
  end if;
  return s.network_id;
end $$;

-- What waits for the lead, who answers for the case: what she was asked, and what concerns whoever helps there now. Which volunteer it is she is told only of the latter.
create function links_to_answer() returns table (pair_id uuid, case_id uuid, number text, state text, strong boolean, found_at timestamptz, asked_at timestamptz,
  answered_at timestamptz, running boolean, helper text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.pair_id, s.case_id, f.number, s.state, s.strong, s.found_at, s.asked_at, s.answered_at, s.running, case when s.running then v.code end
  from link_states(array(select c.id from case_file c where c.network_id = any (auth_led()) and c.status = 'open' and not c.id = any ((select auth_walled())::uuid[]))) s
    join case_file f on f.id = s.case_id join volunteer v on v.id = s.volunteer_id
  where s.running or s.asked_at is not null
  order by s.state = 'open' desc, s.strong desc, s.found_at, s.pair_id
$$;

-- Which person of her own case it concerns, and by what; `fresh`: nobody has spoken of it yet.
create function links_of_case(the_case uuid) returns table (pair_id uuid, about text, class text, found_at timestamptz, fresh boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.pair_id, l.about, l.class, max(l.found_at), bool_or(a.answered_at is null or l.found_at > a.answered_at)
  from links_to_answer() a join conflict_link l on l.pair_id = a.pair_id and l.gone_at is null where a.case_id = the_case
  group by l.pair_id, l.about, l.class order by l.pair_id, l.about, l.class
$$;

-- What was said of a pair, to the lead of the case; the newest first.
create function links_said(the_case uuid) returns table (id uuid, pair_id uuid, kind text, reason_sealed bytea, by_name text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select w.id, w.pair_id, w.kind, w.reason_sealed, p.name, w.recorded_at from links_to_answer() a join conflict_word w on w.pair_id = a.pair_id
    join person p on p.id = w.recorded_by where a.case_id = the_case order by w.recorded_at desc
$$;

-- The lead's word; the answer is whoever asked last, or her own id where nobody did.
create function link_answer(the_pair uuid, the_word uuid, verdict text, reason bytea) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare p conflict_pair; asker uuid;
begin
  select c.* into p from links_to_answer() a join conflict_pair c on c.id = a.pair_id where a.pair_id = the_pair;
  if p.id is null or verdict not in ('clear', 'conflict') then return null; end if;
  insert into conflict_word (network_id, case_id, id, pair_id, kind, reason_sealed, recorded_by)
  values (p.network_id, p.case_id, the_word, p.id, verdict, reason, auth_person());
  select w.recorded_by into asker from conflict_word w where w.pair_id = p.id and w.kind = 'asked' order by w.recorded_at desc limit 1;
  return coalesce(asker, auth_person());
end $$;

-- Supports in which something has turned up that nobody has spoken of, for the process, which tells those who have to know.
create function links_running() returns table (pair_id uuid, network_id uuid, case_id uuid, found_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.pair_id, s.network_id, s.case_id, s.found_at from link_states(array(select a.case_id from assignment a where a.status in ('proposed', 'active'))) s
  where has_role('system') and s.running and s.state = 'open'
$$;

-- Everything once more, for the process: what a fault may have left behind is found by morning.
create function links_all_renew() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not has_role('system') then raise exception 'not for you' using errcode = '42501'; end if;
  perform links_renew(array(select distinct volunteer_id from volunteer_link_key union select volunteer_id from conflict_pair), '{}');
  return (select count(*) from conflict_link where gone_at is null);
end $$;

-- Nobody is asked where a conflict was found, or where the case worker has not said that a strong link is none.
create function link_stops() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from link_states(array[new.case_id]) s where s.volunteer_id = new.volunteer_id and (s.state = 'conflict' or (s.state = 'open' and s.strong))) then
    raise exception 'the case worker has to say first' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger link_stops before insert on assignment for each row when (new.status = 'proposed') execute function link_stops();
