-- A filter as the database reads it; it refuses one that it cannot read.
select cast(cast(cast(? as text) as jsonpath) as text)
