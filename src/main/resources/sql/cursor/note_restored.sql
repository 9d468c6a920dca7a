-- Whether restored events were found and noted just now.
select bridge.note_restored_events()
