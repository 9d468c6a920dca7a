-- The counts of the last hours, the newest first, and within an hour the most frequent. Behind the first 1,000, those of
-- an hour and a reason are one, as of other addresses, so that every sum is right however many addresses there are.
with ranked as (
  select c.*, row_number() over (order by hour desc, count desc, reason, address) <= 1000 as named
    from bridge.refusal_count c
)
select hour, reason, case when named then address else 'other' end as address, sum(count)::bigint as count,
       min(first_at) as first_at, max(last_at) as last_at
  from ranked group by 1, 2, 3 order by hour desc, count desc, reason, address
