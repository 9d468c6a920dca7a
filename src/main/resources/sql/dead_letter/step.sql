-- The next open dead letters of a bulk act, in the order of their rows: so the rows of a lane go back in their own
-- order, and no row comes up twice. Letters written after the act began are above :newest.
select id, queue, row_id
  from bridge.dead_letter
 where resolution is null and id <= :newest
   and (queue, row_id, id) > (:after_queue, :after_row, :after_letter)
   and (cast(:queue as text) is null or queue = :queue)
   and (cast(:target as text) is null or target = :target)
   and (cast(:subscriber as text) is null
        or target = (select 'subscriber:' || s.id from bridge.subscriber s where s.name = :subscriber))
   and (cast(:reason as text) is null or reason = :reason)
   and (cast(:fault as text) is null or fault = :fault)
   and (cast(:correlation_id as uuid) is null or correlation_id = cast(:correlation_id as uuid))
   and (cast(:since as timestamptz) is null or created_at >= cast(:since as timestamptz))
   and (cast(:until as timestamptz) is null or created_at < cast(:until as timestamptz))
 order by queue, row_id, id
 limit :limit
