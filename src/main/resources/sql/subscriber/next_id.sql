-- The id of a subscriber that is still to be created. One that is then refused leaves a gap.
select nextval('bridge.subscriber_id_seq')
