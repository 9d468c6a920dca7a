-- Skips a million ids of events where this database is not the paired one: the original may have given the next ids to
-- others, which subscribers know by their webhook-id and would take for repetitions. setval is a right that only the
-- owner of the sequence has; with nextval it takes a second longer.
select case when has_sequence_privilege(s.name, 'update') then setval(s.name, nextval(s.name) + 1000000)
            else (select max(skipped) from (select nextval(s.name) as skipped from generate_series(1, 1000000)) ids) end as id
  from bridge.pairing p, (select pg_get_serial_sequence('public.audit_event', 'id') as name) s
 where p.fingerprint <> :fingerprint
