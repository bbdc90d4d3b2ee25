-- The sandbox of a partner: a partner of its own, for whom test keys speak, with a clock that moves.

CREATE TABLE sandboxes (
    partner_id uuid NOT NULL,
    live_partner_id uuid NOT NULL,
    ahead_micros bigint NOT NULL DEFAULT 0,
    CONSTRAINT sandboxes_pkey PRIMARY KEY (partner_id),
    CONSTRAINT sandboxes_live_key UNIQUE (live_partner_id),
    CONSTRAINT sandboxes_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT sandboxes_live_fkey FOREIGN KEY (live_partner_id) REFERENCES partners (id),
    CONSTRAINT sandboxes_apart_check CHECK (partner_id <> live_partner_id),
    CONSTRAINT sandboxes_ahead_check CHECK (ahead_micros >= 0)
);
