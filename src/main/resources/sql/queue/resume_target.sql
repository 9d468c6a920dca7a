-- Resumes a target, also a disabled one: an operator asked for it.
update bridge.target set state = 'running', reason = :reason, changed_by = :who, since = now() where name = :target
