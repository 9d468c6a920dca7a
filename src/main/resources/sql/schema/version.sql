-- The version of the schema. Read without Flyway, so that it works behind a transaction pooler.
select version from bridge.flyway_schema_history
 where success and version is not null
 order by installed_rank desc limit 1
