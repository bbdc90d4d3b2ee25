-- Categories and products. Every reference carries the partner, so that a row can
-- only point at rows of its own partner.
-- SQLite: ids are 16 bytes, times are microseconds since 1970 in UTC, JSON is text.

CREATE TABLE categories (
    id blob NOT NULL,
    partner_id blob NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at integer NOT NULL,
    updated_at integer NOT NULL,
    CONSTRAINT categories_pkey PRIMARY KEY (id),
    CONSTRAINT categories_partner_key UNIQUE (partner_id, id),
    CONSTRAINT categories_name_key UNIQUE (partner_id, name),
    CONSTRAINT categories_slug_key UNIQUE (partner_id, slug),
    CONSTRAINT categories_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT categories_name_check CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT categories_slug_check CHECK (length(slug) BETWEEN 1 AND 100),
    CONSTRAINT categories_version_check CHECK (version >= 1)
) STRICT;

CREATE TABLE products (
    id blob NOT NULL,
    partner_id blob NOT NULL,
    category_id blob NOT NULL,
    name text NOT NULL,
    -- In minor units: 1999 is 19.99.
    price_minor integer NOT NULL,
    stock integer NOT NULL DEFAULT 0,
    is_active integer NOT NULL DEFAULT 1,
    version integer NOT NULL DEFAULT 1,
    created_at integer NOT NULL,
    updated_at integer NOT NULL,
    CONSTRAINT products_pkey PRIMARY KEY (id),
    CONSTRAINT products_partner_key UNIQUE (partner_id, id),
    CONSTRAINT products_category_fkey FOREIGN KEY (partner_id, category_id)
        REFERENCES categories (partner_id, id) ON DELETE CASCADE,
    CONSTRAINT products_name_check CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT products_price_check CHECK (price_minor BETWEEN 0 AND 9999999999),
    CONSTRAINT products_stock_check CHECK (stock BETWEEN 0 AND 1000000000),
    CONSTRAINT products_version_check CHECK (version >= 1)
) STRICT;

CREATE INDEX products_category_idx ON products (partner_id, category_id, created_at DESC, id DESC);
CREATE INDEX products_created_idx ON products (partner_id, created_at DESC, id DESC);
CREATE INDEX products_price_idx ON products (partner_id, price_minor, id);
