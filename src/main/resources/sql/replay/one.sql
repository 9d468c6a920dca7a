-- One job, its progress counted now.
select line from bridge.replay_line where id = :#id
