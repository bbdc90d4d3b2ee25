DROP TABLE idempotency_keys;
DROP TABLE app_secrets;
DROP TABLE api_keys;
DROP TABLE partners;
