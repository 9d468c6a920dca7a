-- Events about one record and actions on it, newest first. A page continues from the last entry's time, kind and id,
-- because the ids of two tables do not compare.
select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ',' || kind || ',' || id as cursor,
       json_build_object('what', kind, 'row', line::json)::text as line, more
  from (select *, lead(id) over newest is not null as more, row_number() over newest as place,
               sum(octet_length(line)) over newest as bytes
          from (select * from (
                  select 'event' as kind, id, created_at, line from bridge.event_line
                   where resource_id = :#record_id and bridge.model(event_type) = cast(:#model as text)
                  union all
                  select 'action', id, created_at, line from bridge.action_line
                   where ordering_key = cast(:#model as text) || ':' || cast(:#record_id as text)) entry
                 where cast(:#before_at as timestamptz) is null
                    or (created_at, kind, id)
                       < (cast(:#before_at as timestamptz), cast(:#before_kind as text), cast(:#before_id as bigint))
                 order by created_at desc, kind desc, id desc
                 limit :#limit + 1) page
        window newest as (order by created_at desc, kind desc, id desc)) sized
 where place <= :#limit and (bytes <= 16777216 or place = 1)
 order by created_at desc, kind desc, id desc
