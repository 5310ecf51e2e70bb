-- What is looked up with every page is found without reading a whole table, however many cases there are.
set local role tugivork_owner;

-- The list of a network and that of the country, the newest first.
create index on case_file (network_id, status, referred_on desc, number desc);
create index on case_file (status, referred_on desc, number desc);
-- What belongs to one case.
create index on case_person (case_id);
create index on case_whereabouts (case_id);
create index on assessment (case_id, made_on desc, recorded_at desc) where state <> 'draft' and superseded_at is null;
create index on assessment (assessor_id) where state = 'draft' and superseded_at is null;
create index on case_brief (case_id);
create index on case_task (case_id);
create index on case_task (network_id, due_on) where done_at is null;
create index on need (case_id, created_at desc);
create index on need_event (case_id);
create index on assignment (case_id);
create index on assignment (network_id) where status in ('proposed', 'active');
create index on assignment_event (case_id);
create index on visit (case_id, on_date);
create index on concern (case_id);
create index on concern (volunteer_id);
create index on month_report (volunteer_id, month);
create index on person_role (network_id) where network_id is not null;
create index on volunteer (person_id);

-- A name is searched behind the policies: a condition that may leak what it saw is never given to an index before the rows were judged.
-- Tells ids alone, and only of those whom the person may see; whoever calls reads the rows again under the policies.
-- `begins` are patterns, `sounds` the words as they sound; a name must have one of each pair. The first pair uses the index.
create function volunteer_named(begins text[], sounds text[]) returns setof uuid
language plpgsql stable security definer rows 20 set search_path = pg_catalog, public, pg_temp set pg_trgm.word_similarity_threshold = 0.55 as $$
declare me uuid := auth_person(); nationwide boolean := has_role('coordinator', 'manager', 'auditor', 'system');
  guides boolean := has_role('supervisor'); near uuid[] := auth_helpers(); long boolean := length(sounds[1]) > 3;
begin
  return query select v.id from volunteer v
    where (v.search_name ~ begins[1] or (long and sounds[1] operator(public.<%) v.search_name))
      and (nationwide or v.person_id = me or (guides and v.supervisor_id = me) or v.id = any (near))
      and not exists (select from unnest(begins, sounds) w (beginning, sound)
        where not (v.search_name ~ w.beginning or (length(w.sound) > 3 and w.sound operator(public.<%) v.search_name)));
end $$;
