-- The order in which readers of the events go on: by transaction, then by id. Ids alone would not do, for a transaction
-- that commits late brings ids that lie behind a reader. Rows of transactions that are older than every open one are
-- complete. Existing rows get the number of this transaction, without a rewrite; their ids keep their order.
set local client_min_messages = warning;

alter table public.audit_event add column if not exists xact xid8 not null default pg_current_xact_id();
comment on column public.audit_event.xact is 'Transaction that stored it; readers go on by xact and id';

create index if not exists audit_event_order on public.audit_event (xact, id);
