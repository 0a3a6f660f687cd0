-- The device that this browser was before it was enrolled anew.
alter table device add column was text;
