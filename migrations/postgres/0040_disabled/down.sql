ALTER TABLE users DROP COLUMN is_active;
ALTER TABLE partners DROP COLUMN disabled_at;
