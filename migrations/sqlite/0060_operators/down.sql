-- The keys of operators go.

CREATE TABLE api_keys_next (
    id blob NOT NULL,
    partner_id blob NOT NULL,
    role text NOT NULL,
    prefix text NOT NULL,
    hash blob NOT NULL,
    created_at integer NOT NULL,
    expires_at integer,
    revoked_at integer,
    CONSTRAINT api_keys_pkey PRIMARY KEY (id),
    CONSTRAINT api_keys_hash_key UNIQUE (hash),
    CONSTRAINT api_keys_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT api_keys_role_check CHECK (role IN ('admin', 'moderator', 'user')),
    CONSTRAINT api_keys_prefix_check CHECK (length(prefix) BETWEEN 1 AND 32),
    CONSTRAINT api_keys_hash_check CHECK (length(hash) = 32)
) STRICT;

INSERT INTO api_keys_next (id, partner_id, role, prefix, hash, created_at, expires_at, revoked_at)
SELECT id, partner_id, role, prefix, hash, created_at, expires_at, revoked_at FROM api_keys
WHERE role <> 'operator';

DROP TABLE api_keys;
ALTER TABLE api_keys_next RENAME TO api_keys;
CREATE INDEX api_keys_partner_idx ON api_keys (partner_id, created_at DESC, id DESC);
