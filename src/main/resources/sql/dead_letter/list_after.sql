-- A page, oldest first, for whoever follows the table, up to where a row may be missing that is not committed yet.
select id::text as cursor, line, more
  from (select id, line, lead(id) over oldest is not null as more, row_number() over oldest as place,
               sum(octet_length(line)) over oldest as bytes
          from (select id, line from bridge.dead_letter_line
                 where id > :#after
                   and id < (select bridge.open_gap('bridge.dead_letter', :#after))
                   and (:#resolution = 'all' or (:#resolution = 'open' and resolution is null) or resolution = :#resolution)
                   and (cast(:#queue as text) is null or queue = :#queue)
                   and (cast(:#target as text) is null or target = :#target)
                   and (cast(:#subscriber as text) is null
                        or target = (select 'subscriber:' || s.id from bridge.subscriber s where s.name = :#subscriber))
                   and (cast(:#reason as text) is null or reason = :#reason)
                   and (cast(:#fault as text) is null or fault = :#fault)
                   and (cast(:#correlation_id as uuid) is null or correlation_id = cast(:#correlation_id as uuid))
                   and (cast(:#since as timestamptz) is null or created_at >= cast(:#since as timestamptz))
                   and (cast(:#until as timestamptz) is null or created_at < cast(:#until as timestamptz))
                 order by id
                 limit :#limit + 1) page
        window oldest as (order by id)) sized
 where place <= :#limit and (bytes <= 16777216 or place = 1)
 order by id
