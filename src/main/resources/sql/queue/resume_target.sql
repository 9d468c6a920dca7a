-- Also of a disabled target: resuming is an operator's word.
update bridge.target set state = 'running', reason = :reason, changed_by = :who, since = now() where name = :target
