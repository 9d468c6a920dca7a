-- The replicas that run, by their names.
select p.name from bridge.present_replicas() p order by p.name
