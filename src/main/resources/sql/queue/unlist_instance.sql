-- Makes the others wait for the leases of this instance, because it holds no lock.
delete from bridge.instance where name = :instance
