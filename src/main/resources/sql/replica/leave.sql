-- This replica stops: the others need not wait until they miss it.
delete from bridge.replica where name = :name
