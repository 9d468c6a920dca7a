-- Whether a replay has anything to do: a running one, or deliveries of a cancelled one that came back to the queue.
select exists (select from bridge.replay where status = 'running')
    or exists (select from bridge.replay r
                 join bridge.event_delivery d on d.replay_id = r.id and d.status = 'queued'
                where r.status = 'cancelled') as waiting
