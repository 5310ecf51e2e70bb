-- When is a support person forgotten: when two people have decided it, or when somebody writes her code where her name stands?
set local role tugivork_owner;

-- Her name is changed by whoever keeps it; only an erasure does so as the definer (as of her circle: 0064).
drop trigger volunteer_forgotten on volunteer;
create trigger volunteer_forgotten after update of name on volunteer
  for each row when (new.name = new.code and current_user = 'tugivork_definer') execute function volunteer_forgotten();
drop trigger account_forgotten on person;
create trigger account_forgotten after update of email on person
  for each row when (new.email like 'kustutatud-%@localhost.invalid' and current_user = 'tugivork_definer') execute function account_forgotten();
