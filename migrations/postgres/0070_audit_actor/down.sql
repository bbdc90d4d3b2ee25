DROP INDEX audit_entries_actor_idx;
