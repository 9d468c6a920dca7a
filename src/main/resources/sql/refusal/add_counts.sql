-- Adds what one instance has counted. An hour has at most 500 rows besides "other": what is new beyond them is counted
-- there, the least frequent first. In the order of the key, so that two instances cannot deadlock.
with given as materialized (
  select g.* from jsonb_to_recordset(:counts::jsonb)
    as g(hour timestamptz, reason text, address text, count bigint, first_at timestamptz, last_at timestamptz)
), ranked as (
  select g.*, k.address is not null as known,
         row_number() over (partition by g.hour, k.address is null order by g.count desc) as place,
         (select count(*) from bridge.refusal_count c where c.hour = g.hour) as rows
    from given g
    left join bridge.refusal_count k on (k.hour, k.reason, k.address) = (g.hour, g.reason, g.address)
), placed as (
  select hour, reason, case when known or rows + place <= 500 then address else 'other' end as address,
         count, first_at, last_at
    from ranked
)
insert into bridge.refusal_count as c (hour, reason, address, count, first_at, last_at)
select hour, reason, address, sum(count), min(first_at), max(last_at)
  from placed group by hour, reason, address order by hour, reason, address
on conflict (hour, reason, address) do update
   set count = c.count + excluded.count, first_at = least(c.first_at, excluded.first_at),
       last_at = greatest(c.last_at, excluded.last_at)
