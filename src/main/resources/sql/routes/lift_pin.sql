-- Lifts a pin, and those before it.
delete from bridge.route_pin where id <= :id
