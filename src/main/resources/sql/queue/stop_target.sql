-- Pauses or disables a target; every replica reads this before it claims. Only a target that exists can be stopped: a
-- misspelt one would be reported as paused while the right one goes on. A target that is stopped already keeps its
-- reason.
insert into bridge.target as t (name, state, reason, changed_by, since)
select :target, :state, :reason, :who, now()
 where exists (select from bridge.target where name = :target)
    or exists (select from bridge.subscriber where 'subscriber:' || id = :target)
on conflict (name) do update
   set state = excluded.state, reason = excluded.reason, changed_by = excluded.changed_by, since = now()
 where t.state <> excluded.state or :again
