-- Odoo, then the subscribers by their ids.
select line from bridge.target_line order by place, target
