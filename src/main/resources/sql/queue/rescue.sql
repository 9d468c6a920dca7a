-- Gives back rows whose lease has ended, and those of instances that are gone (:gone). Their outcome is unknown: that is
-- no failure, so the attempt does not count. Never a dead letter: the next claim decides that. The wait grows with such
-- attempts, in case the row itself brings its worker down.
with ended as materialized (
  select id from ${table} where status = 'sent' and lease_until < now()
   order by lease_until limit 500 for update skip locked
), left_behind as materialized (
  select id from ${table} where status = 'sent' and lease_until >= now() and locked_by = any(array[:gone]::text[])
   order by lease_until limit 500 for update skip locked
), rescued as (
  update ${table} o
     set status = 'queued', next_attempt_at = now() + make_interval(secs => least(3600, power(2, least(o.unreported + 1, 12)) - 1)),
         attempts = o.attempts - 1, unreported = o.unreported + 1,
         waits = case when o.ordering_key <> '' then 1 else 0 end,
         last_error = 'outcome unknown: ' || coalesce(o.locked_by, '?') || ' did not report back',
         lease_token = null, lease_until = null, locked_by = null
   where o.id = any(array(select id from ended union all select id from left_behind))
  returning o.id, o.target, o.attempts + o.unreported as attempt, o.last_error, o.correlation_id
), tried as (
  insert into bridge.attempt (queue, row_id, target, attempt, class, excerpt, correlation_id)
  select :queue, id, target, attempt,
         case when id in (select id from left_behind) then 'instance_restarted' else 'lease_ended' end, last_error, correlation_id
    from rescued
)
select count(*) from rescued
