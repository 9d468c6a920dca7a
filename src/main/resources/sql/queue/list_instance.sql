-- Lists an instance that holds its lock.
insert into bridge.instance (name) values (?) on conflict (name) do update set since = now()
