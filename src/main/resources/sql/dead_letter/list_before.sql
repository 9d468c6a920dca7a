-- A page, newest first, by primary key: rows that arrive meanwhile move nothing. One row more than asked
-- for is read to learn whether there are more; 16 MiB end a page early, so that large rows fit in memory.
select id::text as cursor, line, more
  from (select id, line, lead(id) over newest is not null as more, row_number() over newest as place,
               sum(octet_length(line)) over newest as bytes
          from (select id, line from bridge.dead_letter_line
                 where (cast(:#before as bigint) is null or id < :#before)
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
                 order by id desc
                 limit :#limit + 1) page
        window newest as (order by id desc)) sized
 where place <= :#limit and (bytes <= 16777216 or place = 1)
 order by id desc
