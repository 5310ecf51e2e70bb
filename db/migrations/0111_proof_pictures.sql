-- Is there a picture of what proves the victim's word?
set local role tugivork_owner;

-- Drawn anew and closed with the key of the case, so it goes with the case; said once. The law needs no proof of hers.
alter table case_basis add column picture_sealed bytea check (kind in ('consent', 'withdrawn') or picture_sealed is null);
select classify('case_basis', 'C3', 'picture_sealed');
create trigger set_picture_once before update on case_basis for each row execute function set_once('picture_sealed');
