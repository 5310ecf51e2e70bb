-- What is left of a support person who was erased in what somebody answered about her entries?
set local role tugivork_owner;

-- As before; and what was answered about her entries in a review, what was noted beside it, what she was told of it and what was to be spoken of
-- with her. Of a round that is over the figures stand in the round; in one that runs her entries count as not looked at, which is reckoned
-- as what is worse for each bound, so what is said of all entries stays true.
create or replace function volunteer_forgotten() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from message_read where volunteer_id = new.id;
  delete from message_copy where volunteer_id = new.id;
  delete from volunteer_limit where volunteer_id = new.id;
  delete from volunteer_area where volunteer_id = new.id;
  delete from volunteer_away where volunteer_id = new.id;
  delete from volunteer_tie where volunteer_id = new.id;
  delete from sample_topic where volunteer_id = new.id;
  update sample_look set answers = null, notes_sealed = null where volunteer_id = new.id;
  update visit_reading set reply_sealed = null where volunteer_id = new.id and entry_id is not null;
  update volunteer_evidence set superseded_reason = '–' where volunteer_id = new.id and superseded_reason is not null;
  update paper set superseded_reason = '–' where volunteer_id = new.id and superseded_reason is not null;
  update paper_signed set superseded_reason = '–' where volunteer_id = new.id and superseded_reason is not null;
  delete from field_entry where device_id in (select id from field_device where person_id = new.person_id);
  delete from field_device where person_id = new.person_id;
  return null;
end $$;
