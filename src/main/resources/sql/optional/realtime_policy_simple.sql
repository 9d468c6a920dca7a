-- Lets every signed-in user receive everything that the bridge broadcasts, of all companies. Run it once, as
-- the owner of the project, instead of realtime-policy: each of the two takes the other's place.
drop policy if exists odoo_bridge_companies on realtime.messages;
drop policy if exists odoo_bridge_everyone on realtime.messages;
create policy odoo_bridge_everyone on realtime.messages for select to authenticated
  using (extension = 'broadcast' and (select realtime.topic()) like 'odoo:%');
