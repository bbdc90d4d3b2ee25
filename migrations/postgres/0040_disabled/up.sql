-- Partners and users who are kept out: none of their credentials is valid.

ALTER TABLE partners ADD COLUMN disabled_at timestamptz;
ALTER TABLE users ADD COLUMN is_active boolean NOT NULL DEFAULT true;
