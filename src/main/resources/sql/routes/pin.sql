-- The pin that counts; no row if nothing is pinned.
select id, version, folders, who, why, pinned_at from bridge.route_pin order by id desc limit 1
