-- Every replica reads this before it claims.
insert into bridge.target (name, state, reason, changed_by, since)
values (:target, 'paused', :reason, :who, now())
on conflict (name) do update set state = 'paused', reason = excluded.reason, changed_by = excluded.changed_by, since = now()
