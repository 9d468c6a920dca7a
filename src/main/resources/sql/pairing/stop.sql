-- Pauses everything that runs, because this database is a copy. What was stopped before keeps its reason. The row of the
-- pair is locked: where somebody pairs at this moment, this waits for them, and then stops nothing.
with paired as (
  select from bridge.pairing where fingerprint = :paired for share
)
insert into bridge.target as t (name, state, reason, changed_by, since)
select name, 'paused', :reason, 'pairing', now()
  from paired, (select 'odoo' as name union select 'subscriber:' || id from bridge.subscriber) every
on conflict (name) do update
   set state = 'paused', reason = excluded.reason, changed_by = 'pairing', since = now()
 where t.state = 'running'
