-- What is kept of a letter that has no use any more, and who reads why a candidate was told no?
set local role tugivork_owner;

-- Whom a letter could not reach after five tries is not kept for ever, nor is the mark by which one address gets one letter of thanks a day.
alter table mail_outbox drop constraint mail_outbox_check;
alter table mail_outbox add constraint mail_outbox_check check (person_id is not null or to_sealed is not null or sent_at is not null or attempts >= 5);
create function mail_forget() returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare forgotten int;
begin
  if not has_role('system') then return 0; end if;
  update mail_outbox set
    to_sealed = case when attempts < 5 then to_sealed end, link_sealed = case when attempts < 5 then link_sealed end,
    unique_key = case when unique_key like 'application/%' and created_at < now() - interval '1 day' then null else unique_key end
  where (attempts >= 5 and (to_sealed is not null or link_sealed is not null))
    or (unique_key like 'application/%' and created_at < now() - interval '1 day');
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;

-- What the coordinator noted when a candidate was told no is for coordinators: closed with the key of the volunteer, as with an application.
alter table volunteer_status add column remark_sealed bytea, add check (remark_sealed is null or no_reason is not null);
select classify('volunteer_status', 'C2', 'remark_sealed');
