-- The counts of the last hours, the newest first, and within an hour the most frequent.
select hour, reason, address, count, first_at, last_at
  from bridge.refusal_count order by hour desc, count desc, reason, address limit 1000
