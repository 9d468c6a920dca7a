-- A page by primary key: newest first, or onward from :after, oldest first. Rows that arrive meanwhile move nothing.
-- One text serves both directions, because the server plans it with the values of its parameters: each "case" is then
-- the id or nothing, and the primary key is read one way or the other. Onward it stops before a gap that a transaction
-- may still fill. One row more than asked for is read to learn whether there are more; 16 MiB end a page early, so that
-- large rows fit in memory.
select id::text as cursor, line, more
  from (select id, line, lead(id) over walk is not null as more, row_number() over walk as place,
               sum(octet_length(line)) over walk as bytes
          from (select id, line, case when cast(:#after as bigint) is null then -id else id end as step
                  from bridge.action_line
                 where (cast(:#before as bigint) is null or id < :#before)
                   and (cast(:#after as bigint) is null or id > :#after)
                   and (cast(:#after as bigint) is null or id < (select bridge.open_gap('public.odoo_action_outbox', :#after)))
                   and (cast(:#status as text) is null or status = :#status)
                   and (cast(:#action as text) is null or action = :#action
                        or (:#action like '%.*' and starts_with(action, left(:#action, -1))))
                   and (cast(:#target as text) is null or target = :#target)
                   and (cast(:#model as text) is null
                        or ordering_key = cast(:#model as text) || ':' || cast(:#record_id as text))
                   and (cast(:#correlation_id as uuid) is null or correlation_id = cast(:#correlation_id as uuid))
                   and (cast(:#causation_id as text) is null or causation_id = :#causation_id)
                   and (cast(:#since as timestamptz) is null or created_at >= cast(:#since as timestamptz))
                   and (cast(:#until as timestamptz) is null or created_at < cast(:#until as timestamptz))
                 order by case when cast(:#after as bigint) is null then id end desc,
                          case when cast(:#after as bigint) is not null then id end
                 limit :#limit + 1) page
        window walk as (order by step)) sized
 where place <= :#limit and (bytes <= 16777216 or place = 1)
 order by place
