-- Gives back rows whose lease has ended. Their outcome is unknown, so the attempt counts. Never a dead letter: the next
-- claim decides that. The wait grows with the attempts, in case the row itself brings its worker down.
with ended as materialized (
  select id from ${table} where status = 'sent' and lease_until < now()
   order by lease_until limit 500 for update skip locked
), rescued as (
  update ${table} o
     set status = 'queued', next_attempt_at = now() + make_interval(secs => least(300, power(2, least(o.attempts, 9)) - 1)),
         last_error = 'lease ended, outcome unknown: ' || coalesce(o.locked_by, '?') || ' did not report back',
         lease_token = null, lease_until = null, locked_by = null
    from ended where o.id = ended.id
  returning o.id, o.target, o.attempts, o.last_error, o.correlation_id
), tried as (
  insert into bridge.attempt (queue, row_id, target, attempt, class, excerpt, correlation_id)
  select :queue, id, target, attempts, 'lease_ended', last_error, correlation_id from rescued
)
select count(*) from rescued
