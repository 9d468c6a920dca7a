-- A page, oldest first, for whoever follows the table. A gap in the ids may be a transaction that has not
-- committed: the page ends before one that is younger than 10 s, so that no late row is passed over.
with recent as materialized (
  select id from bridge.dead_letter where created_at > now() - interval '10 seconds'),
spaced as (
  select id, lag(id, 1, (select max(id) from bridge.dead_letter where id < (select min(id) from recent)))
             over (order by id) as previous
    from recent),
open_gap as (
  select min(id) as id from spaced where id > :#after and id > greatest(previous, :#after) + 1)
select id::text as cursor, line, more
  from (select id, line, lead(id) over oldest is not null as more, row_number() over oldest as place,
               sum(octet_length(line)) over oldest as bytes
          from (select id, line from bridge.dead_letter_line
                 where id > :#after
                   and id < coalesce((select id from open_gap), 9223372036854775807)
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
