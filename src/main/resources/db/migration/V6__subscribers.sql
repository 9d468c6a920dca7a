-- A subscriber that application.yaml names no more belongs to the API; should the file name it again, it is the
-- file's again, unless it was changed meanwhile.
alter table bridge.subscriber add column left_file_at timestamptz;

-- There is one Odoo, and it wants no event twice.
create unique index subscriber_one_odoo on bridge.subscriber (kind) where kind = 'odoo';
