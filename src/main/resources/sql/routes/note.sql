-- Writes down what came of an edit of the routes.
insert into public.audit_event (source, event_type, resource_id, payload)
values ('bridge', :event_type, :routes, cast(:payload as jsonb))
