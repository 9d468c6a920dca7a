-- A page, oldest first, for whoever follows the table, up to where a row may be missing that is not committed yet.
select id::text as cursor, line, more
  from (select id, line, lead(id) over oldest is not null as more, row_number() over oldest as place,
               sum(octet_length(line)) over oldest as bytes
          from (select id, line from bridge.action_line
                 where id > :#after
                   and id < (select bridge.open_gap('public.odoo_action_outbox', :#after))
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
                 order by id
                 limit :#limit + 1) page
        window oldest as (order by id)) sized
 where place <= :#limit and (bytes <= 16777216 or place = 1)
 order by id
