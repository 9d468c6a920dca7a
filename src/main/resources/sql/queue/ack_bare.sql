-- Settles one row and writes nothing else, for when something that belongs to its outcome is refused: a rule that
-- somebody put on the audit table must not cause an applied action to be sent again. Returns the row as in ack.sql.
with free as materialized (
  select id from ${table} where id = :id and lease_token = :token for update skip locked
), settled as (
  update ${table} o
     set status          = case :kind when 'DONE' then '${done}' when 'DEAD' then 'error' else 'queued' end,
         ${done_at}      = case when :kind = 'DONE' then now() end,
         last_error      = case when :kind = 'DONE' then null else :error end,
         next_attempt_at = case when :kind in ('DONE', 'DEAD') then next_attempt_at else now() + make_interval(secs => :delay) end,
         waits           = 0,
         unreported      = 0,
         response_status = :response_status,
         lease_token = null, lease_until = null, locked_by = null
   where o.id = any(array(select id from free))
  returning o.id
)
select id, false as locked from settled
union all
select id, true from ${table} where id = :id and lease_token = :token and id not in (select id from free)
