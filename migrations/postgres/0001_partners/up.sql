-- Partners (tenants), what they authenticate with, and the keys that all processes share.

CREATE TABLE partners (
    id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT partners_pkey PRIMARY KEY (id),
    CONSTRAINT partners_name_check CHECK (length(name) BETWEEN 1 AND 100)
);

-- Only the SHA-256 of a key is stored; `prefix` is what people recognise it by.
CREATE TABLE api_keys (
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    role text NOT NULL,
    prefix text NOT NULL,
    hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT api_keys_pkey PRIMARY KEY (id),
    CONSTRAINT api_keys_hash_key UNIQUE (hash),
    CONSTRAINT api_keys_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT api_keys_role_check CHECK (role IN ('admin', 'moderator', 'user')),
    CONSTRAINT api_keys_prefix_check CHECK (length(prefix) BETWEEN 1 AND 32),
    CONSTRAINT api_keys_hash_check CHECK (length(hash) = 32)
);

CREATE INDEX api_keys_partner_idx ON api_keys (partner_id, created_at DESC, id DESC);

-- Random keys made once, at the first start, such as the one that signs cursors.
CREATE TABLE app_secrets (
    name text NOT NULL,
    value bytea NOT NULL,
    CONSTRAINT app_secrets_pkey PRIMARY KEY (name),
    CONSTRAINT app_secrets_value_check CHECK (length(value) >= 32)
);

-- What a request that carried an Idempotency-Key answered; written with its effect.
CREATE TABLE idempotency_keys (
    partner_id uuid NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    response jsonb,
    created_at timestamptz NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (partner_id, operation, key),
    CONSTRAINT idempotency_keys_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT idempotency_keys_key_check CHECK (length(key) BETWEEN 1 AND 255),
    CONSTRAINT idempotency_keys_fingerprint_check CHECK (length(fingerprint) = 32)
);

CREATE INDEX idempotency_keys_created_idx ON idempotency_keys (created_at);
