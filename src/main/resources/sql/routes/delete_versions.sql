-- Deletes the oldest versions of the route files. The newest ones stay, and one that is pinned.
delete from bridge.route_version v
 where v.id <= (select id from bridge.route_version order by id desc offset :keep limit 1)
   and not exists (select from bridge.route_pin p where p.version = v.id)
