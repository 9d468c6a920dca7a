-- A page, newest first, by primary key: rows that arrive meanwhile move nothing. One row more than asked
-- for is read to learn whether there are more; 16 MiB end a page early, so that large rows fit in memory.
select id::text as cursor, line, more
  from (select id, line, lead(id) over newest is not null as more, row_number() over newest as place,
               sum(octet_length(line)) over newest as bytes
          from (select id, line from bridge.event_line
                 where (cast(:#before as bigint) is null or id < :#before)
                   and (cast(:#source as text) is null or source = :#source)
                   and (cast(:#event_type as text) is null or event_type = :#event_type
                        or (:#event_type like '%.*' and starts_with(event_type, left(:#event_type, -1))))
                   and (cast(:#resource_id as text) is null or resource_id = :#resource_id)
                   and (cast(:#model as text) is null
                        or (bridge.model(event_type) = cast(:#model as text) and resource_id = cast(:#record_id as text)))
                   and (cast(:#correlation_id as uuid) is null or correlation_id = cast(:#correlation_id as uuid))
                   and (cast(:#causation_id as text) is null or causation_id = :#causation_id)
                   and (cast(:#since as timestamptz) is null or created_at >= cast(:#since as timestamptz))
                   and (cast(:#until as timestamptz) is null or created_at < cast(:#until as timestamptz))
                 order by id desc
                 limit :#limit + 1) page
        window newest as (order by id desc)) sized
 where place <= :#limit and (bytes <= 16777216 or place = 1)
 order by id desc
