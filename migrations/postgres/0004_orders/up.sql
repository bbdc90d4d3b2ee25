-- Orders and their lines. A line keeps the name and the price of the moment of sale.

CREATE TABLE orders (
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    user_id uuid,
    status text NOT NULL DEFAULT 'pending',
    total_minor bigint NOT NULL,
    note text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_partner_key UNIQUE (partner_id, id),
    CONSTRAINT orders_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT orders_user_fkey FOREIGN KEY (partner_id, user_id) REFERENCES users (partner_id, id),
    CONSTRAINT orders_status_check CHECK (status IN ('pending', 'cancelled')),
    CONSTRAINT orders_total_check CHECK (total_minor >= 0),
    CONSTRAINT orders_note_check CHECK (length(note) <= 500),
    CONSTRAINT orders_version_check CHECK (version >= 1)
);

CREATE INDEX orders_created_idx ON orders (partner_id, created_at DESC, id DESC);
CREATE INDEX orders_user_idx ON orders (partner_id, user_id, created_at DESC, id DESC);

CREATE TABLE order_lines (
    order_id uuid NOT NULL,
    line_no integer NOT NULL,
    partner_id uuid NOT NULL,
    product_id uuid NOT NULL,
    product_name text NOT NULL,
    quantity integer NOT NULL,
    unit_price_minor bigint NOT NULL,
    CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, line_no),
    CONSTRAINT order_lines_order_fkey FOREIGN KEY (partner_id, order_id)
        REFERENCES orders (partner_id, id) ON DELETE CASCADE,
    -- Checked at the end of the statement: a product in an order stays.
    CONSTRAINT order_lines_product_fkey FOREIGN KEY (partner_id, product_id)
        REFERENCES products (partner_id, id),
    CONSTRAINT order_lines_line_no_check CHECK (line_no BETWEEN 1 AND 50),
    CONSTRAINT order_lines_quantity_check CHECK (quantity BETWEEN 1 AND 1000),
    CONSTRAINT order_lines_unit_price_check CHECK (unit_price_minor BETWEEN 0 AND 9999999999)
);

CREATE INDEX order_lines_product_idx ON order_lines (partner_id, product_id);
CREATE INDEX order_lines_order_idx ON order_lines (partner_id, order_id);
