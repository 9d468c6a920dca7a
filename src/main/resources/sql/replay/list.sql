-- A page of replays by primary key, newest first: rows that arrive meanwhile move nothing. One row more than asked for
-- is read to learn whether there are more; 16 MiB end a page early, so that large rows fit in memory.
select id::text as cursor, line, more
  from (select id, line, lead(id) over newest is not null as more, row_number() over newest as place,
               sum(octet_length(line)) over newest as bytes
          from (select id, line from bridge.replay_line
                 where (cast(:#before as bigint) is null or id < :#before)
                   and (cast(:#status as text) is null or status = :#status)
                 order by id desc
                 limit :#limit + 1) page
        window newest as (order by id desc)) sized
 where place <= :#limit and (bytes <= 16777216 or place = 1)
 order by id desc
