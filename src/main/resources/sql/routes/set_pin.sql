-- Pins a version of the routes, in place of any other.
with before as (
  delete from bridge.route_pin
)
insert into bridge.route_pin (version, folders, who, why)
values (:version, array[:folder], :who, :why)
returning id, version, folders, who, why, pinned_at
