-- An instance with a stable name that starts cannot have rows in flight: they are from before its crash.
update ${table}
   set status = 'queued', next_attempt_at = now(), last_error = 'the instance restarted, outcome unknown',
       lease_token = null, lease_until = null, locked_by = null
 where status = 'sent' and locked_by = :instance
