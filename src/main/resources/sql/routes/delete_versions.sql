-- Deletes the oldest versions of the route files. The newest ones stay.
delete from bridge.route_version
 where id <= (select id from bridge.route_version order by id desc offset :keep limit 1)
