-- Who asks for one actor does not read all that a partner ever did.

CREATE INDEX IF NOT EXISTS audit_entries_actor_idx
    ON audit_entries (partner_id, actor, created_at DESC, id DESC);
