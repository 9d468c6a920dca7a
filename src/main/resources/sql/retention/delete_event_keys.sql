-- Deletes old keys of the ledger. It has no number to walk along; its block range index on created_at finds the old
-- end.
with step as materialized (
  select source, event_id from bridge.event_key
   where created_at < now() - make_interval(secs => :#eventKeys) limit 1000 for update skip locked
), gone as (
  delete from bridge.event_key k using step where (k.source, k.event_id) = (step.source, step.event_id)
)
select 0 as after, cast(:#steps as integer) - 1 as steps, count(*) = 1000 and :#steps > 1 as more
  from step
