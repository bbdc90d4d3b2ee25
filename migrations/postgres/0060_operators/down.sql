DELETE FROM api_keys WHERE role = 'operator';

ALTER TABLE api_keys
    DROP CONSTRAINT api_keys_role_check,
    ADD CONSTRAINT api_keys_role_check CHECK (role IN ('admin', 'moderator', 'user'));
