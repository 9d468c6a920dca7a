-- Settles one row without what belongs to its outcome, for when that is refused: a rule that somebody put on the audit
-- table must not cause an applied action to be sent again. A dead row still gets a dead letter (:letter), without which
-- nobody would look at it; it has no payload, which is the row's. Returns the row as in ack.sql.
with free as materialized (
  select id from ${table} where id = :id and lease_token = :token for update skip locked
), settled as (
  update ${table} o
     set status          = case :kind when 'DONE' then '${done}' when 'DEAD' then 'error' else 'queued' end,
         ${done_at}      = case when :kind = 'DONE' then now() end,
         attempts        = o.attempts - case when :kind in ('GIVE_BACK', 'RELEASE') then 1 else 0 end,
         last_error      = case :kind when 'DONE' then null when 'RELEASE' then o.last_error else :error end,
         next_attempt_at = case when :kind in ('DONE', 'DEAD') then next_attempt_at else now() + make_interval(secs => :delay) end,
         waits           = 0,
         unreported      = case when :kind = 'RELEASE' then o.unreported else 0 end,
         response_status = case when :kind = 'RELEASE' then o.response_status else :response_status end,
         lease_token = null, lease_until = null, locked_by = null
   where o.id = any(array(select id from free))
  returning o.id, o.target, o.ordering_key, o.attempts, o.correlation_id
), dead as (
  insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, error, response_status, attempts, correlation_id)
  select :queue, id, target, ordering_key, :reason, :error, :response_status, attempts, correlation_id
    from settled where :letter and :kind = 'DEAD'
)
select id, false as locked from settled
union all
select id, true from ${table} where id = :id and lease_token = :token and id not in (select id from free)
