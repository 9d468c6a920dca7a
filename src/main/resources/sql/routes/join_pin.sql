-- The folder of another replica had this content when the pin was set.
update bridge.route_pin set folders = folders || cast(:folder as text)
 where id = :id and not :folder = any (folders)
