-- Fails while there are orders that the older schema has no status for.

ALTER TABLE orders
    DROP CONSTRAINT orders_life_check,
    DROP CONSTRAINT orders_status_check,
    ADD CONSTRAINT orders_status_check CHECK (status IN ('pending', 'cancelled')),
    DROP COLUMN fulfilled_at,
    DROP COLUMN paid_at;
