-- Resolves dead letters whose rows are not to be sent any more; the rows stay dead until retention deletes them. One
-- statement on locked letters, as in requeue.sql.
with asked as materialized (
  select * from jsonb_to_recordset(:asked::jsonb) as g(row_id bigint, letter_id bigint)
), open as materialized (
  select l.id, l.row_id, l.target, l.ordering_key, l.reason, l.correlation_id from bridge.dead_letter l
   where l.queue = :queue and l.id in (select letter_id from asked) and l.resolution is null
   order by l.id for update
), discarded as (
  update bridge.dead_letter d
     set resolution = 'discarded', resolved_by = :who, resolved_why = :why, resolved_at = now()
    from open where :act and d.id = open.id
  returning d.id
), promoted as (
  -- Rows that the letter held back may be next in their lanes.
  update ${table} o set waits = 0
   where o.waits = 2 and o.id = any(array(
     select n.id
       from (select distinct target, ordering_key from open join discarded using (id) where ordering_key <> '') freed
      cross join lateral (
        select n.id from ${table} n
         where (n.target, n.ordering_key) >= (freed.target, freed.ordering_key)
           and n.status = 'queued' and n.ordering_key <> '' and n.next_attempt_at < 'infinity'
         order by n.target, n.ordering_key, n.id limit 1) n))
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload, correlation_id)
  select 'bridge', 'bridge.${noun}.discarded', row_id::text,
         jsonb_build_object('action', (select ${subject} from ${table} o where o.id = open.row_id), 'reason', reason,
                            'dead_letter', open.id, 'by', :who::text, 'why', :why::text),
         coalesce(correlation_id, gen_random_uuid())
    from open join discarded on discarded.id = open.id where ${audited}
  union all
  select 'bridge', 'bridge.${noun}.discarded', target,
         jsonb_build_object('target', target, 'count', count(*), 'dead_letters', jsonb_agg(open.id order by open.id),
                            'by', :who::text, 'why', :why::text),
         case count(*) when 1 then coalesce((array_agg(correlation_id))[1], gen_random_uuid()) else gen_random_uuid() end
    from open join discarded on discarded.id = open.id where not ${audited} group by target
)
select a.row_id, a.letter_id, case when open.id is null then 'already_resolved' else 'discarded' end as outcome,
       null as status
  from asked a left join open on open.id = a.letter_id
 order by a.row_id, a.letter_id
