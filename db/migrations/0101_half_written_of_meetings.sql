-- What is left of a case that was erased in what somebody had begun to write about a meeting from which she was expected back?
set local role tugivork_owner;

-- The entry of such a meeting has a page of its own, and so has what is half written on it; everything else stays as it was written last.
do $$
declare written text := pg_get_functiondef('erase_case(uuid)'::regprocedure); before text := 'union all select id from concern where case_id = the_case)';
begin
  if position(before in written) = 0 then raise exception 'erase_case is another'; end if;
  execute replace(written, before, 'union all select id from concern where case_id = the_case union all select id from outing where case_id = the_case)');
end $$;
