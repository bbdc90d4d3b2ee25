-- What users write, and who did what.
-- SQLite: ids are 16 bytes, times are microseconds since 1970 in UTC.

CREATE TABLE posts (
    id blob NOT NULL,
    partner_id blob NOT NULL,
    author_id blob NOT NULL,
    title text NOT NULL,
    content text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at integer NOT NULL,
    updated_at integer NOT NULL,
    CONSTRAINT posts_pkey PRIMARY KEY (id),
    CONSTRAINT posts_author_fkey FOREIGN KEY (partner_id, author_id)
        REFERENCES users (partner_id, id),
    CONSTRAINT posts_title_check CHECK (length(title) BETWEEN 1 AND 200),
    CONSTRAINT posts_content_check CHECK (length(content) BETWEEN 1 AND 20000),
    CONSTRAINT posts_version_check CHECK (version >= 1)
) STRICT;

CREATE INDEX posts_author_idx ON posts (partner_id, author_id, created_at DESC, id DESC);

-- Written in the transaction of what it tells of, and never changed. The resource may be gone, so
-- nothing refers to it.
CREATE TABLE audit_entries (
    id blob NOT NULL,
    partner_id blob NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    resource_type text NOT NULL,
    resource_id blob NOT NULL,
    trace_id text,
    created_at integer NOT NULL,
    CONSTRAINT audit_entries_pkey PRIMARY KEY (id),
    CONSTRAINT audit_entries_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT audit_entries_actor_check CHECK (length(actor) BETWEEN 1 AND 64),
    CONSTRAINT audit_entries_trace_check CHECK (length(trace_id) = 32)
) STRICT;

CREATE INDEX audit_entries_created_idx ON audit_entries (partner_id, created_at DESC, id DESC);
CREATE INDEX audit_entries_resource_idx
    ON audit_entries (partner_id, resource_id, created_at DESC, id DESC);
