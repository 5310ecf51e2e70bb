-- Her own plan for when it gets dangerous stands beside how she may be reached: closed in the same way, a later word in the place of an
-- earlier one. `plan` is the network's; `told` is the same for whoever helps her, where she agrees to that.
set local role tugivork_owner;

alter table safe_contact drop constraint safe_contact_part_check;
alter table safe_contact add constraint safe_contact_part_check check (part in ('rules', 'people', 'plan', 'told'));
