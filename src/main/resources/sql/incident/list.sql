-- The incidents that are not closed, what was reported first, then by their age.
select row_to_json(shown)::text as line
  from bridge.incident i
 cross join lateral (
   select i.id, i.kind, i.subject, i.name,
          case when i.opened_at is null then 'pending' when i.gone_at is not null then 'ending' else 'open' end as state,
          i.found, i.remedy, i.since, i.opened_at, i.gone_at, i.page, i.correlation_id) shown
 where i.closed_at is null and (i.opened_at is not null or i.gone_at is null)
 order by i.opened_at is null, i.since, i.id
 limit 1000
