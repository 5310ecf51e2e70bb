-- When does what a volunteer told of her circle go, and what was said of a link? With an erasure alone, and not with a name that somebody types.
set local role tugivork_owner;

-- An erased volunteer has her code for a name; whoever keeps her record can type that too, and type the name again afterwards.
drop trigger links_forgotten on volunteer;
create trigger links_forgotten after update of name on volunteer
  for each row when (new.name = new.code and current_user = 'tugivork_definer') execute function links_forgotten();
