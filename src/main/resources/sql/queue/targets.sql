-- Running targets with something queued, and what a deleted subscriber left behind, which nothing may hold back. A
-- loose index scan, one probe for each target and index, because a DISTINCT would read the whole backlog.
with recursive plain as (
  (select target from ${table} where status = 'queued' and ordering_key = '' order by target limit 1)
  union all
  select (select q.target from ${table} q
           where q.status = 'queued' and q.ordering_key = '' and q.target > plain.target
           order by q.target limit 1)
    from plain where plain.target is not null
), laned as (
  (select target from ${table}
    where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' order by target limit 1)
  union all
  select (select q.target from ${table} q
           where q.status = 'queued' and q.ordering_key <> '' and q.next_attempt_at < 'infinity'
             and q.target > laned.target
           order by q.target limit 1)
    from laned where laned.target is not null
)
select due.target
  from (select target from plain union select target from laned) due
  left join bridge.target t on t.name = due.target
 where due.target is not null
   and (coalesce(t.state, 'running') = 'running'
        or (due.target like 'subscriber:%'
            and not exists (select from bridge.subscriber s where 'subscriber:' || s.id = due.target)))
