-- Which subscribers application.yaml owns, and which it has left to the API.
select name, kind, mode, owner, left_file_at is not null as left_file from bridge.subscriber
