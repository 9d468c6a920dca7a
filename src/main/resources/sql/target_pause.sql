-- Every replica reads this before it claims. Only a target that exists can be paused: a misspelt one
-- would be reported as paused while the right one goes on.
insert into bridge.target (name, state, reason, changed_by, since)
select :target, 'paused', :reason, :who, now()
 where exists (select from bridge.target where name = :target)
    or exists (select from bridge.subscriber where 'subscriber:' || id = :target)
on conflict (name) do update set state = 'paused', reason = excluded.reason, changed_by = excluded.changed_by, since = now()
