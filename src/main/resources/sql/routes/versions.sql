-- The versions of the route files, newest first.
select v.id, v.hash, v.applied_at, v.instance, v.who, v.change,
       (select count(*) from bridge.route_version_file f where f.version = v.id) as files
  from bridge.route_version v
 order by v.id desc
 limit 1000
