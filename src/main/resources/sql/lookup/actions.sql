-- A page of actions: newest first, or onward from :after, oldest first. Rows that arrive meanwhile move nothing. One text
-- serves all directions, because the server plans it with the values of its parameters: each "case" is then one column
-- or nothing, and one index is read one way or the other.
-- Newest first, the order is that of the ids; between two times it is (created_at, id), whose index holds just those rows.
-- Onward it is always that of the ids, and stops before a gap that a transaction may still fill. There a page looks at
-- 500,000 ids at most, whatever the filter takes of them; a last row without a line then says where the next one begins.
-- One row more than asked for is read to learn whether there are more; 16 MiB end a page early, so that large rows fit in
-- memory.
with gap as materialized (
  select bridge.open_gap('public.odoo_action_outbox', :#after) as id
), page as (
  select id, line, case when cast(:#after as bigint) is null and (cast(:#since as timestamptz) is not null or cast(:#until as timestamptz) is not null) then created_at end as at,
         case when cast(:#after as bigint) is null then -id else id end as step
    from bridge.action_line
   where case when cast(:#before as bigint) is null then true
              when cast(:#since as timestamptz) is not null or cast(:#until as timestamptz) is not null then (created_at, id) < (
                     (select b.created_at from public.odoo_action_outbox b where b.id <= :#before order by b.id desc limit 1), :#before)
              else id < :#before end
     and (cast(:#after as bigint) is null
          or id > :#after and id <= cast(:#after as bigint) + 500000 and id < (select id from gap))
     -- Three partial indexes hold the queued rows together.
     and case when cast(:#status as text) is null then true
              when :#status <> 'queued' then status = :#status
              else status = 'queued' and (ordering_key = '' or (ordering_key <> '' and next_attempt_at < 'infinity')
                                          or next_attempt_at = 'infinity') end
     and case when cast(:#action as text) is null then true
              when :#action not like '%.*' then action collate "C" = :#action
              -- From "res.partner." up to, and without, "res.partner/", the next character.
              else action collate "C" >= left(:#action, -1) and action collate "C" < left(:#action, -2) || '/' end
     and case when cast(:#target as text) is null then true
              when :#target = 'odoo' then target = 'odoo'
              else target = :#target and target <> 'odoo' end
     and (cast(:#model as text) is null
          or ordering_key = cast(:#model as text) || ':' || cast(:#record_id as text))
     and (cast(:#correlation_id as uuid) is null or correlation_id = cast(:#correlation_id as uuid))
     and (cast(:#causation_id as text) is null or causation_id = :#causation_id)
     and (cast(:#since as timestamptz) is null or created_at >= cast(:#since as timestamptz))
     and (cast(:#until as timestamptz) is null or created_at < cast(:#until as timestamptz))
   order by case when cast(:#after as bigint) is not null then id end,
            case when cast(:#after as bigint) is null and (cast(:#since as timestamptz) is not null or cast(:#until as timestamptz) is not null) then created_at end desc,
            case when cast(:#after as bigint) is null then id end desc
   limit :#limit + 1
), sized as (
  select id, line, lead(id) over walk is not null as more, row_number() over walk as place,
         sum(octet_length(line)) over walk as bytes
    from page
  window walk as (order by at desc, step)
), shown as (
  select id::text as cursor, line, more, place from sized
   where place <= :#limit and (bytes <= 16777216 or place = 1)
)
select cursor, line, more from (
  select cursor, line, more, place from shown
  union all
  select (cast(:#after as bigint) + 500000)::text, null, true, :#limit + 1
   where cast(:#after as bigint) is not null
     and (select count(*) from shown) = (select count(*) from page)
     and (select max(t.id) from public.odoo_action_outbox t) > cast(:#after as bigint) + 500000
     and cast(:#after as bigint) + 500000 < (select id from gap)) page_and_rest
 order by place
