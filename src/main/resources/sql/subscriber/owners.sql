select name, kind, owner, left_file_at is not null as left_file from bridge.subscriber
