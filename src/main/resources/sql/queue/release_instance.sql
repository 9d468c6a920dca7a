-- Gives back what an earlier run of this instance left in flight: an instance with a stable name that is just starting
-- cannot have rows in flight. The wait grows with the attempts, in case the row itself caused the crash.
with left_behind as materialized (
  select id from ${table} where status = 'sent' and locked_by = :instance for update skip locked
), released as (
  update ${table} o
     set status = 'queued', next_attempt_at = now() + make_interval(secs => least(300, power(2, least(o.attempts, 9)) - 1)),
         last_error = 'the instance restarted, outcome unknown',
         lease_token = null, lease_until = null, locked_by = null
   where o.id = any(array(select id from left_behind))
  returning o.id, o.target, o.attempts, o.last_error, o.correlation_id
), tried as (
  insert into bridge.attempt (queue, row_id, target, attempt, class, excerpt, correlation_id)
  select :queue, id, target, attempts, 'instance_restarted', last_error, correlation_id from released
)
select count(*) from released
