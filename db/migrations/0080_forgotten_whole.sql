-- What is left of a support person who was erased, and how long does a device stay on the list that has nothing on it any more?
set local role tugivork_owner;

-- Why a paper was taken back is said in words, and they may be about her.
select classify('volunteer_evidence', 'C2', 'superseded_reason');
select classify('paper', 'C2', 'superseded_reason');
select classify('paper_signed', 'C2', 'superseded_reason');

-- As before; but an erasure writes over what was said once.
create or replace function set_once() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare made jsonb; was jsonb; col text;
begin
  if current_user not in ('tugivork_write', 'tugivork_definer') then return new; end if;
  made := to_jsonb(new);
  was := to_jsonb(old);
  foreach col in array tg_argv loop
    if was ->> col is not null and made ->> col is distinct from was ->> col
      and not (current_user = 'tugivork_definer' and made ->> col is not distinct from '–') then
      raise exception 'set once: %', col using errcode = '42501';
    end if;
  end loop;
  return new;
end $$;

-- An erased volunteer has her code for a name. What was hers alone goes: what she cannot do and when she is away, whom she knows, what was
-- written to her and that she read it, her devices. Her hours, the support that there was and the days of her papers stay under the code.
create function volunteer_forgotten() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from message_read where volunteer_id = new.id;
  delete from message_copy where volunteer_id = new.id;
  delete from volunteer_limit where volunteer_id = new.id;
  delete from volunteer_area where volunteer_id = new.id;
  delete from volunteer_away where volunteer_id = new.id;
  delete from volunteer_tie where volunteer_id = new.id;
  update volunteer_evidence set superseded_reason = '–' where volunteer_id = new.id and superseded_reason is not null;
  update paper set superseded_reason = '–' where volunteer_id = new.id and superseded_reason is not null;
  update paper_signed set superseded_reason = '–' where volunteer_id = new.id and superseded_reason is not null;
  delete from field_entry where device_id in (select id from field_device where person_id = new.person_id);
  delete from field_device where person_id = new.person_id;
  return null;
end $$;
create trigger volunteer_forgotten after update of name on volunteer for each row when (new.name = new.code) execute function volunteer_forgotten();

-- … and of her account, where that goes with her: every other way in, what she was in the middle of, her letters, on what she signed in,
-- and the words of why she got her role.
create function account_forgotten() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from person_identity where person_id = new.id;
  delete from recovery_code where person_id = new.id;
  delete from calendar_feed where person_id = new.id;
  delete from saved_filter where person_id = new.id;
  delete from draft where person_id = new.id;
  delete from once where person_id = new.id;
  delete from mail_outbox where person_id = new.id;
  update session set device = null where person_id = new.id and device is not null;
  update confirmation set reason = case when reason is not null then '–' end, decision_reason = case when decision_reason is not null then '–' end
    where person_id = new.id;
  return null;
end $$;
create trigger account_forgotten after update of email on person for each row
  when (new.email like 'kustutatud-%@localhost.invalid') execute function account_forgotten();

-- A device has nothing on it any more when it has said so, or has been silent for as long as it keeps anything. Some time later nobody needs to
-- know that it was there. Should it come back after all, nobody knows it, and it empties itself: nothing of it can come in twice.
create function field_forget() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare gone uuid[];
begin
  if not has_role('system') then raise insufficient_privilege; end if;
  select coalesce(array_agg(id), '{}') into gone from field_device
    where least(emptied_at, contacted_at + make_interval(days => setting_now('fieldKeepDays', 14)))
      < now() - make_interval(days => setting_now('fieldListDays', 60));
  delete from field_entry where device_id = any (gone);
  delete from field_device where id = any (gone);
  return cardinality(gone);
end $$;
