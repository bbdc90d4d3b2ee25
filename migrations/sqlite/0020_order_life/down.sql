-- Fails while there are orders that the older schema has no status for.

CREATE TABLE orders_new (
    id blob NOT NULL,
    partner_id blob NOT NULL,
    user_id blob,
    status text NOT NULL DEFAULT 'pending',
    total_minor integer NOT NULL,
    note text,
    version integer NOT NULL DEFAULT 1,
    created_at integer NOT NULL,
    updated_at integer NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_partner_key UNIQUE (partner_id, id),
    CONSTRAINT orders_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT orders_user_fkey FOREIGN KEY (partner_id, user_id) REFERENCES users (partner_id, id),
    CONSTRAINT orders_status_check CHECK (status IN ('pending', 'cancelled')),
    CONSTRAINT orders_total_check CHECK (total_minor >= 0),
    CONSTRAINT orders_note_check CHECK (length(note) <= 500),
    CONSTRAINT orders_version_check CHECK (version >= 1)
) STRICT;

INSERT INTO orders_new (id, partner_id, user_id, status, total_minor, note, version, created_at, updated_at)
SELECT id, partner_id, user_id, status, total_minor, note, version, created_at, updated_at
FROM orders;

CREATE TABLE order_lines_new (
    order_id blob NOT NULL,
    line_no integer NOT NULL,
    partner_id blob NOT NULL,
    product_id blob NOT NULL,
    product_name text NOT NULL,
    quantity integer NOT NULL,
    unit_price_minor integer NOT NULL,
    CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, line_no),
    CONSTRAINT order_lines_order_fkey FOREIGN KEY (partner_id, order_id)
        REFERENCES orders_new (partner_id, id) ON DELETE CASCADE,
    -- Checked at the end of the statement: a product in an order stays.
    CONSTRAINT order_lines_product_fkey FOREIGN KEY (partner_id, product_id)
        REFERENCES products (partner_id, id),
    CONSTRAINT order_lines_line_no_check CHECK (line_no BETWEEN 1 AND 50),
    CONSTRAINT order_lines_quantity_check CHECK (quantity BETWEEN 1 AND 1000),
    CONSTRAINT order_lines_unit_price_check CHECK (unit_price_minor BETWEEN 0 AND 9999999999)
) STRICT;

INSERT INTO order_lines_new
SELECT order_id, line_no, partner_id, product_id, product_name, quantity, unit_price_minor
FROM order_lines;

DROP TABLE order_lines;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
ALTER TABLE order_lines_new RENAME TO order_lines;

CREATE INDEX orders_created_idx ON orders (partner_id, created_at DESC, id DESC);
CREATE INDEX orders_user_idx ON orders (partner_id, user_id, created_at DESC, id DESC);

CREATE INDEX order_lines_product_idx ON order_lines (partner_id, product_id);
CREATE INDEX order_lines_order_idx ON order_lines (partner_id, order_id);
