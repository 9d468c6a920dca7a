-- Leases the stream of a subscriber that is not stopped and that nobody publishes, the one that has been free for longest.
-- Of two instances that look at once, the second finds the lease taken and gets none.
with free as (
  select s.id
    from bridge.subscriber s
    left join bridge.stream_lease l on l.subscriber = s.id
   where s.mode = 'stream' and coalesce(l.lease_until < now(), true)
     and not exists (select from bridge.target_stop t where t.target = 'subscriber:' || s.id)
   order by l.lease_until nulls first, s.id limit 1
)
insert into bridge.stream_lease as l (subscriber, token, held_by, lease_until)
select free.id, nextval('bridge.lease_token'), :instance, now() + make_interval(secs => :lease_s) from free
on conflict (subscriber) do update
   set token = excluded.token, held_by = excluded.held_by, lease_until = excluded.lease_until
 where l.lease_until < now()
returning l.subscriber, l.token
