-- Has the table promise that its ids stay below one, in place of an earlier promise, without a look at its rows.
alter table public.audit_event drop constraint if exists audit_event_bound,
  add constraint audit_event_bound check (id < ${bound}) not valid
