-- What partners sent and what became of it, kept for some days.
-- SQLite: ids are 16 bytes, times are microseconds since 1970 in UTC.

CREATE TABLE logged_requests (
    id blob NOT NULL,
    partner_id blob NOT NULL,
    actor text NOT NULL,
    operation text NOT NULL,
    method text NOT NULL,
    target text NOT NULL,
    headers text NOT NULL,
    body text,
    body_bytes integer NOT NULL,
    status integer,
    verdict text NOT NULL,
    problem text,
    trace_id text NOT NULL,
    duration_micros integer NOT NULL,
    created_at integer NOT NULL,
    CONSTRAINT logged_requests_pkey PRIMARY KEY (id),
    CONSTRAINT logged_requests_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT logged_requests_status_check CHECK (status BETWEEN 100 AND 599),
    CONSTRAINT logged_requests_trace_check CHECK (length(trace_id) = 32)
) STRICT;

CREATE INDEX logged_requests_created_idx
    ON logged_requests (partner_id, created_at DESC, id DESC);
-- By which they are thrown away, whosever they are.
CREATE INDEX logged_requests_age_idx ON logged_requests (created_at);
