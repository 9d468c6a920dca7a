-- What a running bridge has reported and not closed. The kinds that the doctor finds by itself are left out.
select name || ': ' || found || ', since ' || to_char(since at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' as what, remedy
  from bridge.incident
 where closed_at is null and opened_at is not null
   and kind not in ('dead_letters', 'actions_held', 'target_paused', 'target_disabled', 'clock_skew', 'pairing', 'disk_full',
                    'partitions_few')
 order by since, id
 limit 20
