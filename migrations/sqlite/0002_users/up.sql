-- A partner's own users.
-- SQLite: ids are 16 bytes, times are microseconds since 1970 in UTC, JSON is text.

CREATE TABLE users (
    id blob NOT NULL,
    partner_id blob NOT NULL,
    username text NOT NULL,
    email text NOT NULL,
    age integer,
    role text NOT NULL DEFAULT 'user',
    name text,
    tags text NOT NULL DEFAULT '[]',
    metadata text,
    version integer NOT NULL DEFAULT 1,
    created_at integer NOT NULL,
    updated_at integer NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_partner_key UNIQUE (partner_id, id),
    CONSTRAINT users_username_key UNIQUE (partner_id, username),
    CONSTRAINT users_email_key UNIQUE (partner_id, email),
    CONSTRAINT users_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT users_username_check CHECK (length(username) BETWEEN 3 AND 50),
    CONSTRAINT users_email_check CHECK (length(email) BETWEEN 3 AND 255),
    CONSTRAINT users_age_check CHECK (age BETWEEN 0 AND 150),
    CONSTRAINT users_role_check CHECK (role IN ('admin', 'moderator', 'user')),
    CONSTRAINT users_name_check CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT users_tags_check CHECK (json_type(tags) = 'array'),
    CONSTRAINT users_metadata_check CHECK (json_type(metadata) = 'object'),
    CONSTRAINT users_version_check CHECK (version >= 1)
) STRICT;

CREATE INDEX users_created_idx ON users (partner_id, created_at DESC, id DESC);
