-- Which partner still uses what the contract calls deprecated, in how many calls, on which day (UTC).

CREATE TABLE deprecated_uses (
    id uuid NOT NULL,
    day timestamptz NOT NULL,
    partner_id uuid NOT NULL,
    operation text NOT NULL,
    part text NOT NULL,
    place text NOT NULL,
    value text NOT NULL,
    count bigint NOT NULL,
    CONSTRAINT deprecated_uses_pkey PRIMARY KEY (id),
    CONSTRAINT deprecated_uses_key UNIQUE (partner_id, day, operation, part, place, value),
    CONSTRAINT deprecated_uses_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT deprecated_uses_part_check
        CHECK (part IN ('operation', 'path', 'query', 'header', 'cookie', 'request', 'answer')),
    CONSTRAINT deprecated_uses_count_check CHECK (count > 0)
);

CREATE INDEX deprecated_uses_day_idx ON deprecated_uses (day DESC, id DESC);
CREATE INDEX deprecated_uses_partner_idx ON deprecated_uses (partner_id, day DESC, id DESC);
CREATE INDEX deprecated_uses_operation_idx ON deprecated_uses (operation, day DESC, id DESC);
