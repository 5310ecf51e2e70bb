-- What is compared, what was alike and what was said of it is shown by functions, each to whom it concerns and no more of it than that; by no statement.
revoke select on case_link_key, conflict_pair, conflict_link, conflict_word from tugivork_read, tugivork_write;
create policy case_link_key_definer on case_link_key to tugivork_definer using (true) with check (true);
create policy conflict_pair_definer on conflict_pair to tugivork_definer using (true) with check (true);
create policy conflict_link_definer on conflict_link to tugivork_definer using (true) with check (true);
create policy conflict_word_definer on conflict_word to tugivork_definer using (true) with check (true);
create policy link_fact_definer on case_link_fact to tugivork_definer using (true) with check (true);
grant delete on case_link_key, conflict_pair, conflict_link, conflict_word to tugivork_definer;
-- That something was told for the comparison, of whom and of which kind, the network sees; the value is nowhere.
create policy link_fact_network on case_link_fact for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
revoke execute on function links_renew(uuid[], uuid[]), link_states(uuid[]), link_writes(uuid) from tugivork_read, tugivork_write;
revoke execute on function link_keys(uuid, uuid, text, text[], bytea[]), link_fact(uuid, uuid, text, text, text[], bytea[]), link_fact_remove(uuid, uuid),
  link_ask(uuid, uuid, uuid), link_answer(uuid, uuid, text, bytea), links_all_renew() from tugivork_read;
