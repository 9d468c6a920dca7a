-- One target by its name.
select line from bridge.target_line where target = cast(:#target as text)
