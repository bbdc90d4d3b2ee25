-- An order is paid and fulfilled, or cancelled or refunded; the two times tell how far it came.

ALTER TABLE orders
    ADD COLUMN paid_at timestamptz,
    ADD COLUMN fulfilled_at timestamptz,
    DROP CONSTRAINT orders_status_check,
    ADD CONSTRAINT orders_status_check
        CHECK (status IN ('pending', 'paid', 'fulfilled', 'cancelled', 'refunded')),
    ADD CONSTRAINT orders_life_check CHECK (
        (status IN ('pending', 'cancelled') AND paid_at IS NULL AND fulfilled_at IS NULL)
        OR (status = 'paid' AND paid_at IS NOT NULL AND fulfilled_at IS NULL)
        OR (status = 'fulfilled' AND paid_at IS NOT NULL AND fulfilled_at IS NOT NULL)
        OR (status = 'refunded' AND paid_at IS NOT NULL)
    );
