-- What makes the statements in sql/queue those of the queue odoo-actions: each part stands for ${its name} there. "o" is the
-- queue's row.

-- ${table}
public.odoo_action_outbox
-- ${noun} in the types of audit events
action
-- ${done} is the status of a row that is finished
applied
-- ${done_at}
applied_at
-- ${subject}
o.action
-- ${causation}
o.causation_id
-- ${replay}
null::bigint
-- ${audited}: whether the end of a row is an audit event
true
-- ${weight}: 1 if the row may share a call. What has failed before goes alone, so that it fails on its own.
case when o.action = any(string_to_array(:shared, ',')) and o.envelope is null
           and o.last_error is null and pg_column_size(o.args) <= 16384 then 1 else :most end
-- ${payload}; null where a number must not be written out
case when not (bridge.has_overlong_number(o.args) or bridge.has_overlong_number(o.envelope))
     then json_build_object('id', o.id, 'action', o.action, 'args', o.args, 'envelope', o.envelope,
                            'causation_id', o.causation_id, 'created_at', o.created_at) end
