-- Records the conditions that an instance sees, opens and closes incidents, and writes their events, all or nothing.
-- Replicas that do so at the same time wait for each other's rows, and then see what the other one wrote: an incident is
-- opened once and closed once. What is not seen is gone if this instance was the last to see it, or if nobody has seen it
-- for half a minute or three looks, as after the end of the instance that did.
with observed as materialized (
  select * from jsonb_to_recordset(cast(:#observed as jsonb))
    as o(kind text, subject text, name text, found text, remedy text, page text, since timestamptz,
      open_after_s float8)
), known as materialized (
  select i.id, i.kind, i.subject, i.opened_at, i.gone_at, i.first_seen_at,
         o.kind is not null as seen,
         o.kind is null and (i.seen_by = :#instance or i.last_seen_at < now() - greatest(interval '30 seconds', make_interval(secs => cast(:#quiet_s as float8)))) as missed,
         o.name, o.found, o.remedy, o.page, o.open_after_s
    from bridge.incident i
    left join observed o on o.kind = i.kind and o.subject = i.subject
   where i.closed_at is null
   order by i.id
     for update of i
), dropped as (
  -- What ends before it was reported was none.
  delete from bridge.incident i using known k
   where i.id = k.id and k.missed and k.opened_at is null
     and k.gone_at < now() - make_interval(secs => cast(:#quiet_s as float8))
), changed as (
  update bridge.incident i
     set name         = coalesce(k.name, i.name),
         found        = coalesce(k.found, i.found),
         remedy       = coalesce(k.remedy, i.remedy),
         page         = coalesce(k.page, i.page),
         seen_by      = case when k.seen then :#instance else i.seen_by end,
         last_seen_at = case when k.seen then now() else i.last_seen_at end,
         gone_at      = case when k.seen then null when k.missed then coalesce(i.gone_at, now()) else i.gone_at end,
         opened_at    = coalesce(i.opened_at, case when k.seen and k.first_seen_at
                                 <= now() - make_interval(secs => k.open_after_s) then now() end),
         closed_at    = case when k.missed and k.opened_at is not null
                              and k.gone_at <= now() - make_interval(secs => cast(:#close_after_s as float8)) then now() end
    from known k
   where i.id = k.id
     and not (k.missed and k.opened_at is null
              and coalesce(k.gone_at < now() - make_interval(secs => cast(:#quiet_s as float8)), false))
  returning i.*, k.opened_at is null and i.opened_at is not null as opens
), fresh as (
  insert into bridge.incident (kind, subject, name, found, remedy, page, since, seen_by, opened_at)
  select o.kind, o.subject, o.name, o.found, o.remedy, o.page, least(o.since, now()), :#instance,
         case when o.open_after_s = 0 then now() end
    from observed o
   where not exists (select from known k where k.kind = o.kind and k.subject = o.subject)
   order by o.kind, o.subject
  on conflict (kind, subject) where closed_at is null do nothing
  returning *, opened_at is not null as opens
), everything as (
  select * from changed union all select * from fresh
), audited as (
  insert into public.audit_event (source, event_type, resource_id, correlation_id, payload)
  select 'bridge', case when closed_at is null then 'bridge.alert.opened' else 'bridge.alert.closed' end, id::text,
         correlation_id,
         jsonb_strip_nulls(jsonb_build_object('kind', kind, 'subject', subject, 'name', name, 'found', found,
           'remedy', remedy, 'since', since, 'opened_at', opened_at, 'closed_at', closed_at,
           'link', nullif(:#console, '') || '/bridge/' || page))
    from everything where opens or closed_at is not null order by id
)
select kind, count(*) as open from everything where opened_at is not null and closed_at is null group by kind
