-- Whether a subscriber is stopped, and whose act that is.
select state, coalesce(' by ' || changed_by, '') || coalesce(': ' || reason, '') as how
  from bridge.target_stop where target = :target
