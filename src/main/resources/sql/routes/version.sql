-- One version of the route files, with a row for each file.
select v.id, v.hash, v.seal, v.applied_at, v.instance, v.who, v.change, v.previous, f.name, c.content
  from bridge.route_version v
  join bridge.route_version_file f on f.version = v.id
  join bridge.route_file c on c.hash = f.file
 where v.id = :id
