-- One migration in Flyway's history, as if Flyway had applied it.
insert into bridge.flyway_schema_history
  (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
select coalesce(max(installed_rank), 0) + 1, ${version}, '${description}', 'SQL', '${script}', ${checksum}, current_user, 0, true
  from bridge.flyway_schema_history;
