-- One replay, with its progress as of now.
select line from bridge.replay_line where id = :#id
