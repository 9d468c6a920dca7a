-- What a partition holds, to compare with an archive of it.
select count(*) as events, min(id) as first_id, max(id) as last_id from ${partition}
