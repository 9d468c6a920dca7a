-- Whose fault a failure is: the other side's, which answered or did not, or the bridge's, which could not send.
-- The words are the reasons of outcomes and the classes of attempts.
create function bridge.fault(failure text) returns text
language sql immutable set search_path = '' as $$
  select case when failure in ('attempts_spent', 'egress_refused', 'expired', 'instance_restarted', 'lease_ended',
                               'no_outcome', 'not_looked_up', 'route_failed', 'shutting_down', 'subscriber_deleted',
                               'unreadable', 'unsendable')
              then 'bridge' else 'other_side' end
$$;

alter table bridge.dead_letter add column failure text;
update bridge.dead_letter d
   set failure = (select a.class from bridge.attempt a
                   where a.queue = d.queue and a.row_id = d.row_id and a.class <> d.reason order by a.id desc limit 1)
 where d.reason in ('expired', 'attempts_spent');
alter table bridge.dead_letter
  add column fault text not null generated always as (bridge.fault(coalesce(failure, reason))) stored;
comment on column bridge.dead_letter.failure is 'What the last attempt failed with, where the reason is only that there was no time or no attempt left';
comment on column bridge.dead_letter.fault is 'other_side or bridge';
comment on column bridge.dead_letter.key_id is 'Names the key that the payload is encrypted with; null: it is not';

-- The operators' list, newest first, of all or of one target; what bulk acts walk along.
create index dead_letter_open_id on bridge.dead_letter (id) where resolution is null;
create index dead_letter_open_target on bridge.dead_letter (target, id) where resolution is null;
create index dead_letter_open_row on bridge.dead_letter (queue, row_id, id) where resolution is null;
create index dead_letter_created on bridge.dead_letter using brin (created_at);

-- Whether a later delivery of a lane has been sent, as odoo_action_outbox_record tells of actions.
create index event_delivery_record on bridge.event_delivery (target, ordering_key, id) where ordering_key <> '';
