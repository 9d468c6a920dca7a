-- Whether a detached partition holds an event that is not older than so many seconds.
select exists (select from ${partition} e where e.created_at >= now() - make_interval(secs => ?))
