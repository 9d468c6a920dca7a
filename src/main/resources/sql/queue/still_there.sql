-- Sent now and then over the connection that only listens: a half-open one shows only when something is sent over it.
select 1
