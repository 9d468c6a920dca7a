-- Deletes contents that no version has. A version that is being recorded may be about to use one, and has updated it then.
delete from bridge.route_file f
 where f.used_at < now() - interval '1 hour'
   and not exists (select from bridge.route_version_file v where v.file = f.hash)
