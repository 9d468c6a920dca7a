-- Lets signed-in users receive what the bridge broadcasts about their companies, on private channels such
-- as odoo:1:res.partner. Run it once, as the owner of the project (in the SQL editor, or as a migration).
--
-- Which companies a user belongs to stands in app_metadata, which users cannot change themselves:
--   {"odoo_companies": [1, 3]}
-- Events without a company go to odoo:none:…; only a list that holds "none" opens them. It fits topics
-- that begin with odoo:{company}: as every subscriber has them unless told otherwise.
drop policy if exists odoo_bridge_everyone on realtime.messages;
drop policy if exists odoo_bridge_companies on realtime.messages;
create policy odoo_bridge_companies on realtime.messages for select to authenticated
  using (
    extension = 'broadcast'
    and split_part((select realtime.topic()), ':', 1) = 'odoo'
    and ((select auth.jwt()) #> '{app_metadata,odoo_companies}' @> to_jsonb(split_part((select realtime.topic()), ':', 2))
      or (select auth.jwt()) #> '{app_metadata,odoo_companies}'
           @> case when split_part((select realtime.topic()), ':', 2) ~ '^[1-9][0-9]{0,17}$'
                   then to_jsonb(split_part((select realtime.topic()), ':', 2)::bigint) end)
  );
