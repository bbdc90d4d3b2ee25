-- Keys of those who operate the service. A check is widened: the previous binary knows no such key and
-- refuses it.

ALTER TABLE api_keys
    DROP CONSTRAINT api_keys_role_check,
    ADD CONSTRAINT api_keys_role_check CHECK (role IN ('admin', 'moderator', 'user', 'operator'));
