-- Replaces a subscriber's secrets, only if it is as it was when the new ones were made: two changes at once must not
-- undo each other. The end returns why nothing was replaced.
with before as materialized (
  select id, owner, updated_at from bridge.subscriber where id = cast(:#id as bigint) for update
), rotated as (
  update bridge.subscriber s
     set secrets = cast(:#secrets as jsonb), left_file_at = null, updated_at = clock_timestamp()
    from before b
   where s.id = b.id and b.owner = 'api' and b.updated_at = cast(:#seen as timestamptz)
  returning s.id
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.secret_rotated', id::text, cast(:#facts as jsonb) from rotated
)
select case when exists (select from rotated) then 'done'
            when b.owner = 'file' then 'owned_by_file'
            else 'changed_meanwhile' end as word, b.id
  from before b
