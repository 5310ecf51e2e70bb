-- How good is what support persons write down, judged by a sample that is drawn once and that anybody can draw again?
set local role tugivork_owner;

-- A checklist is never changed: whoever changes it makes the next version, and what was answered keeps the wording that was asked. "No" is what is wanting.
create table sample_checklist (
  version int primary key check (version > 0), questions jsonb not null check (jsonb_array_length(questions) between 1 and 8),
  created_by uuid references person, created_at timestamptz not null default now(), check (created_by is not null or version = 1)
);
select classify('sample_checklist', 'C1', 'version questions created_by created_at');
create trigger own_name before insert on sample_checklist for each row execute function own_name('created_by');

-- The first one is a proposal of our own: the sources ask for a checklist and do not say what is on it.
insert into sample_checklist (version, questions) values (1, '[
  {"et": "Kas on aru saada, mida tehti?", "en": "Is it clear what was done?", "ru": "Понятно ли, что было сделано?"},
  {"et": "Kas järgmine samm on kirjas?", "en": "Is the next step named?", "ru": "Записан ли следующий шаг?"},
  {"et": "Kas turvalise kontakti reeglitest peeti kinni?", "en": "Were the rules of safe contact kept?", "ru": "Соблюдены ли правила безопасного контакта?"},
  {"et": "Kas kirjas on ainult see, mida tööks vaja?", "en": "Is only what is needed written down?", "ru": "Записано ли только то, что нужно для работы?"},
  {"et": "Kui oli põhjust muretseda, kas sellest räägiti kohe edasi?", "en": "Where there was reason to worry, was it passed on at once?", "ru": "Если был повод для тревоги, сообщили ли об этом сразу?"}
]');

-- One round: of which days, what is looked for and how surely, how many entries there were, and the number by which they were drawn. A supervisor's
-- own, or (without one) the country's. `closed`: entries of those days that nobody who guides may read any more.
create table sample_round (
  id uuid primary key default gen_random_uuid(), supervisor_id uuid references person, from_on date not null, to_on date not null,
  percent int not null check (percent between 1 and 50), confidence int not null check (confidence between 80 and 99),
  checklist int not null references sample_checklist, entries int not null check (entries > 0), closed int not null check (closed >= 0),
  volunteers int not null check (volunteers > 0), sample int not null check (sample between 1 and entries), flagged int not null check (flagged >= 0),
  seed text not null check (seed ~ '^[0-9a-f]{64}$'), opened_by uuid not null references person, opened_at timestamptz not null default now(),
  due_on date not null, ended_by uuid references person, ended_at timestamptz,
  -- What was found: of a round of one's own as it is, of the country's only what may be shown.
  figures jsonb, threshold int,
  check (to_on >= from_on), check ((ended_by is null) = (ended_at is null)), check (figures is null or ended_at is not null)
);
select classify('sample_round', 'C1', 'id supervisor_id from_on to_on percent confidence checklist entries closed volunteers sample flagged seed opened_by opened_at due_on ended_by ended_at figures threshold');

-- All entries among which was drawn, each with its ticket; `drawn_as` says why one is looked at: by lot among all, because it was flagged, or
-- because the lot had missed everything of hers.
create table sample_entry (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique,
  round_id uuid not null references sample_round, visit_id uuid not null, volunteer_id uuid not null references volunteer,
  flagged boolean not null, ticket bytea not null, drawn_as text check (drawn_as in ('random', 'flagged', 'everyone')),
  primary key (network_id, case_id, id), unique (round_id, visit_id), unique (id, visit_id),
  foreign key (network_id, case_id, visit_id) references visit (network_id, case_id, id) on update cascade
);
create index on sample_entry (volunteer_id);
create index on sample_entry (visit_id);
select classify('sample_entry', 'C1', 'network_id case_id id round_id visit_id volunteer_id flagged ticket drawn_as');

-- What was answered about one of them. A later answer follows the one that was read, and no two can follow the same.
create table sample_look (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique,
  entry_id uuid not null, volunteer_id uuid not null references volunteer, follows uuid,
  answers text[] check (answers <@ array['yes', 'no', 'na']), notes_sealed bytea,
  looked_by uuid not null references person, looked_at timestamptz not null default clock_timestamp(),
  primary key (network_id, case_id, id), unique (entry_id, id), unique nulls not distinct (entry_id, follows),
  foreign key (network_id, case_id, entry_id) references sample_entry (network_id, case_id, id) on update cascade,
  foreign key (entry_id, follows) references sample_look (entry_id, id)
);
create index on sample_look (volunteer_id);
select classify('sample_look', 'C1', 'network_id case_id id entry_id volunteer_id follows looked_by looked_at');
select classify('sample_look', 'C2', 'answers');
select classify('sample_look', 'C3', 'notes_sealed');
create trigger own_name before insert on sample_look for each row execute function own_name('looked_by');

-- What was found in an entry and is to be spoken of: it waits until somebody has sat with her.
create table sample_topic (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique,
  entry_id uuid not null unique, volunteer_id uuid not null references volunteer,
  put_by uuid not null references person, put_at timestamptz not null default clock_timestamp(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id, entry_id) references sample_entry (network_id, case_id, id) on update cascade
);
create index on sample_topic (volunteer_id);
select classify('sample_topic', 'C1', 'network_id case_id id entry_id volunteer_id put_by put_at');
create trigger own_name before insert on sample_topic for each row execute function own_name('put_by');

-- An entry is read once; and answered once more where a round found something in it.
alter table visit_reading add column entry_id uuid;
alter table visit_reading drop constraint visit_reading_visit_id_key;
alter table visit_reading add constraint visit_reading_once unique nulls not distinct (visit_id, entry_id);
alter table visit_reading add foreign key (entry_id, visit_id) references sample_entry (id, visit_id);
select classify('visit_reading', 'C1', 'entry_id');

-- What support persons wrote on those days and that stands, but for what whoever guides her wrote herself; `open`: she can (still) read it.
create function sample_frame(the_supervisor uuid, the_from date, the_to date)
returns table (network_id uuid, case_id uuid, visit_id uuid, volunteer_id uuid, flagged boolean, open boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.network_id, s.case_id, s.id, s.volunteer_id, s.danger or s.outside <> '{}',
    v.person_id is distinct from v.supervisor_id and holds_in_person(v.supervisor_id, 'supervisor', t.day)
    and exists (select from sealed_key k where k.owner_id = s.case_id and k.wrapped is not null)
    and not exists (select from wall w where w.case_id = s.case_id and w.person_id = v.supervisor_id and w.lifted_at is null and w.set_at < now())
    and exists (select from assignment a where a.case_id = s.case_id and a.volunteer_id = s.volunteer_id and (
      (a.status = 'active' and (a.end_on is null or a.end_on >= t.day))
      or (a.status = 'ended' and (
        not exists (select from month_report r where r.volunteer_id = a.volunteer_id and r.month = date_trunc('month', a.end_on)::date and r.status = 'approved')
        or exists (select from month_report r where r.volunteer_id = a.volunteer_id and r.status <> 'approved'
          and r.month between date_trunc('month', coalesce(a.start_on, a.end_on))::date and a.end_on)))))
  from visit s join volunteer v on v.id = s.volunteer_id cross join (select (now() at time zone 'Europe/Tallinn')::date as day) t
  where s.on_date between the_from and the_to and s.superseded_at is null and s.import_key is null and s.recorded_by is distinct from v.supervisor_id
    and (the_supervisor is null or v.supervisor_id = the_supervisor)
$$;

-- May I begin a round: of my own volunteers as who guides them, of the country as the coordinator?
create function sample_mine(own boolean) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when own then has_role('supervisor') else has_role('coordinator') end
$$;

-- How many entries a round of these days would draw from; and whether one of them has been drawn from already.
create function sample_plan(own boolean, the_from date, the_to date) returns table (entries int, closed int, volunteers int, taken boolean)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare whose uuid := case when own then auth_person() end;
begin
  if not sample_mine(own) then return; end if;
  return query select (count(*) filter (where f.open))::int, (count(*) filter (where not f.open))::int,
      (count(distinct f.volunteer_id) filter (where f.open))::int,
      exists (select from sample_round r where r.supervisor_id is not distinct from whose and r.from_on <= the_to and r.to_on >= the_from)
    from sample_frame(whose, the_from, the_to) f;
end $$;

-- Draws, once: the number is the database's own, and of the same days nobody draws again. The ticket of an entry is the SHA-256 of number, stroke and
-- id; the lowest tickets are drawn. The lot decides alone; what is added for other reasons is added after it.
create function sample_draw(own boolean, the_from date, the_to date, the_percent int, the_confidence int, the_size int, the_flagged int, the_due date)
returns uuid language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare made sample_round; whose uuid := case when own then auth_person() end;
begin
  if not sample_mine(own) then raise exception 'not yours to draw' using errcode = '42501'; end if;
  if the_to > (now() at time zone 'Europe/Tallinn')::date then raise exception 'not over' using errcode = '23514'; end if;
  perform pg_advisory_xact_lock(4731);
  select p.entries, p.closed, p.volunteers into made.entries, made.closed, made.volunteers from sample_plan(own, the_from, the_to) p where not p.taken;
  if not found then raise exception 'drawn already' using errcode = '23505'; end if;
  made.seed := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
  insert into sample_round (supervisor_id, from_on, to_on, percent, confidence, checklist, entries, closed, volunteers, sample, flagged, seed, opened_by, due_on)
  select whose, the_from, the_to, the_percent, the_confidence, max(version), made.entries, made.closed, made.volunteers, the_size, the_flagged, made.seed,
    auth_person(), the_due from sample_checklist returning id into made.id;
  insert into sample_entry (network_id, case_id, round_id, visit_id, volunteer_id, flagged, ticket)
  select f.network_id, f.case_id, made.id, f.visit_id, f.volunteer_id, f.flagged, sha256(convert_to(made.seed || '/' || f.visit_id, 'UTF8'))
  from sample_frame(whose, the_from, the_to) f where f.open;
  update sample_entry set drawn_as = 'random' where id in (select id from sample_entry where round_id = made.id order by ticket limit the_size);
  update sample_entry set drawn_as = 'flagged'
  where id in (select id from sample_entry where round_id = made.id and drawn_as is null and flagged order by ticket limit the_flagged);
  update sample_entry set drawn_as = 'everyone'
  where id in (select distinct on (e.volunteer_id) e.id from sample_entry e where e.round_id = made.id and not exists (
    select from sample_entry d where d.round_id = made.id and d.volunteer_id = e.volunteer_id and d.drawn_as is not null) order by e.volunteer_id, e.ticket);
  return made.id;
end $$;

-- May I know of this round: of my own, of hers for whom I stand in today, and of the country's as the coordinator and as whoever guides.
create function sample_known(the_round uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from sample_round r where r.id = the_round and (case when r.supervisor_id is null then has_role('coordinator', 'supervisor', 'system')
    else has_role('system') or (has_role('supervisor') and (r.supervisor_id = auth_person()
      or r.supervisor_id in (select v.supervisor_id from volunteer v where v.id = any (auth_deputed())))) end))
$$;

-- The whole lot of a round, for whoever wants to draw it again: numbers of entries and of those who wrote them, of no case and no name.
create function sample_lot(the_round uuid) returns table (visit_id uuid, writer int, flagged boolean, ticket text, drawn_as text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.visit_id, (dense_rank() over (order by md5(r.seed || e.volunteer_id)))::int, e.flagged, encode(e.ticket, 'hex'), e.drawn_as
  from sample_entry e join sample_round r on r.id = e.round_id where e.round_id = the_round and sample_known(the_round) order by e.ticket
$$;

-- What was answered about what the lot drew, the last answer of each: `question` from 0, which counts those that were looked at at all.
create function sample_counts(the_round uuid) returns table (question int, answer text, entries int)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  -- As it is: to whoever guides them of a round of her own, and to the process, which hides what is small.
  if not exists (select from sample_round r where r.id = the_round
    and (has_role('system') or (has_role('supervisor') and r.supervisor_id = auth_person()))) then return; end if;
  return query with last as (select l.answers from sample_entry e join sample_look l on l.entry_id = e.id
      where e.round_id = the_round and e.drawn_as = 'random' and l.answers is not null and not exists (select from sample_look n where n.follows = l.id))
    select 0, 'looked', count(*)::int from last
    union all select a.nth::int, a.answer, count(*)::int from last, unnest(last.answers) with ordinality a (answer, nth) group by 1, 2;
end $$;

-- How far each who guides has come with what was drawn of hers: for whoever opened a round of the country, and the process.
create function sample_progress(the_round uuid) returns table (person_id uuid, name text, given int, looked int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select v.supervisor_id, p.name, count(*)::int, (count(*) filter (where exists (select from sample_look l where l.entry_id = e.id)))::int
  from sample_entry e join volunteer v on v.id = e.volunteer_id left join person p on p.id = v.supervisor_id
  where e.round_id = the_round and e.drawn_as is not null and has_role('coordinator', 'system')
    and exists (select from sample_round r where r.id = the_round and r.supervisor_id is null)
  group by v.supervisor_id, p.name order by p.name
$$;

-- Ends a round: nothing is answered in it any more. Of one's own the figures are kept as they are; those of the country are published by the process.
create function sample_end(the_round uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare r sample_round;
begin
  select * into r from sample_round where id = the_round and ended_at is null and (has_role('system')
    or (supervisor_id is null and has_role('coordinator')) or (supervisor_id = auth_person() and has_role('supervisor'))) for update;
  if not found then return false; end if;
  update sample_round set ended_by = auth_person(), ended_at = now(), figures = case when supervisor_id is not null then
    (select jsonb_object_agg(question || '/' || answer, entries) from sample_counts(the_round)) end where id = the_round;
  return true;
end $$;

-- What may be shown of a round of the country, said once by the process.
create function sample_publish(the_round uuid, the_figures jsonb, the_threshold int) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not has_role('system') then raise exception 'the process publishes' using errcode = '42501'; end if;
  update sample_round set figures = the_figures, threshold = the_threshold
  where id = the_round and supervisor_id is null and ended_at is not null and figures is null;
  return found;
end $$;
