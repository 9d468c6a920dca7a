-- Waits, for five seconds at most, until all who write into a full partition have ended. Nobody new begins: its ids are
-- drawn. The sequence is past them before their transactions commit, so only after this is all there that will be.
do $$ begin
  perform set_config('lock_timeout', '5s', true);
  lock table ${partition} in share mode;
end $$
