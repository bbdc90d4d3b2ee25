-- Partners and users who are kept out: none of their credentials is valid.
-- SQLite: times are microseconds since 1970 in UTC.

ALTER TABLE partners ADD COLUMN disabled_at integer;
ALTER TABLE users ADD COLUMN is_active integer NOT NULL DEFAULT 1;
