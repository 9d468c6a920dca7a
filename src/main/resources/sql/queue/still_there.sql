-- Asked over a connection that only listens: a half-open one shows only when something is sent over it.
select 1
