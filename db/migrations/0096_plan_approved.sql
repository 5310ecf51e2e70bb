-- The plan of a case is approved by somebody other than who asked: whoever chairs the core group, or who leads the network.
set local role tugivork_owner;

-- Each request with its answer stays. `plan` is by what the plan was known when it was approved: whatever is agreed afterwards is not approved yet.
create table plan_approval (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  asked_by uuid not null references person, asked_at timestamptz not null default now(),
  answer text check (answer in ('approved', 'returned')), answered_by uuid references person, answered_at timestamptz, words_sealed bytea, plan text,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id) on update cascade,
  check ((answer is null) = (answered_by is null) and (answer is null) = (answered_at is null) and (answer is null) = (plan is null)),
  check (answer is not null or words_sealed is null), check (answer <> 'returned' or words_sealed is not null)
);
create unique index on plan_approval (case_id) where answer is null;
create index on plan_approval (case_id, asked_at);
select classify('plan_approval', 'C1', 'network_id case_id id asked_by asked_at answer answered_by answered_at plan');
select classify('plan_approval', 'C3', 'words_sealed');
create trigger own_name before insert or update on plan_approval for each row execute function own_name('asked_by', 'answered_by');
create trigger set_once before update on plan_approval for each row execute function set_once('answer', 'answered_by', 'answered_at', 'words_sealed', 'plan');

-- By what a plan is known: which actions were agreed, who does them and by when, and what was answered to each risk and person. That one was done is
-- no other plan; nor is that somebody tells her what was decided.
create function plan_known_by(the_case uuid) returns text language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select encode(sha256(convert_to(coalesce(string_agg(l.line, ' ' order by l.line), ''), 'UTF8')), 'hex') from (
    select concat_ws('/', a.id, a.owner_id, a.due_on) as line from case_action a where a.case_id = the_case and a.kind = 'action'
    union all select r.id::text from risk_answer r where r.case_id = the_case and r.superseded_at is null) l
$$;

-- May I answer what this person asked? Whoever chairs, or leads; never the one who asked, unless a setting allows it.
create function plan_answers(the_case uuid, the_asker uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from case_file c where c.id = the_case and c.network_id = any (auth_networks()) and not c.id = any ((select auth_walled())::uuid[])
    and not shut_case(c.id, auth_led()) and (c.network_id = any (auth_led()) or coalesce(chair_of(c.network_id) = auth_person(), false))
    and (auth_person() <> the_asker or coalesce((select s.value = '"yes"' from setting s where s.name = 'planSelfApproval'
      and s.valid_from <= (now() at time zone 'Europe/Tallinn')::date order by s.valid_from desc limit 1), false)))
$$;

-- How the plan of a case stands, for its network: by what it is known now, the last request and what became of it, and whether I may answer.
create function plan_standing(the_case uuid) returns table (plan text, id uuid, asked_by uuid, asked_at timestamptz, answer text, answered_by uuid,
  answered_at timestamptz, approved_plan text, mine boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select plan_known_by(c.id), p.id, p.asked_by, p.asked_at, p.answer, p.answered_by, p.answered_at, p.plan, coalesce(p.answer is null and plan_answers(c.id, p.asked_by), false)
  from case_file c left join lateral (select a.* from plan_approval a where a.case_id = c.id order by a.asked_at desc, a.id limit 1) p on true
  where c.id = the_case and c.network_id = any (auth_networks()) and not c.id = any ((select auth_walled())::uuid[]) and not shut_case(c.id, auth_led())
$$;

-- Nothing is asked about a plan with a silent gap; what is answered is the plan as it stands at that moment.
create function approval_asked() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from plan_gaps_of(new.case_id) g where g.missing > 0) then raise exception 'something has no answer' using errcode = '23514'; end if;
  return new;
end $$;
create trigger approval_asked before insert on plan_approval for each row execute function approval_asked();
create function approval_answered() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.plan := plan_known_by(new.case_id);
  return new;
end $$;
create trigger approval_answered before update of answer on plan_approval for each row when (old.answer is null and new.answer is not null) execute function approval_answered();
