-- Categories and products. Every reference carries the partner, so that a row can
-- only point at rows of its own partner.

CREATE TABLE categories (
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    -- "C": the same order, byte by byte, as on SQLite.
    name text COLLATE "C" NOT NULL,
    slug text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT categories_pkey PRIMARY KEY (id),
    CONSTRAINT categories_partner_key UNIQUE (partner_id, id),
    CONSTRAINT categories_name_key UNIQUE (partner_id, name),
    CONSTRAINT categories_slug_key UNIQUE (partner_id, slug),
    CONSTRAINT categories_partner_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT categories_name_check CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT categories_slug_check CHECK (length(slug) BETWEEN 1 AND 100),
    CONSTRAINT categories_version_check CHECK (version >= 1)
);

CREATE TABLE products (
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    category_id uuid NOT NULL,
    name text NOT NULL,
    -- In minor units: 1999 is 19.99.
    price_minor bigint NOT NULL,
    stock integer NOT NULL DEFAULT 0,
    is_active boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT products_pkey PRIMARY KEY (id),
    CONSTRAINT products_partner_key UNIQUE (partner_id, id),
    CONSTRAINT products_category_fkey FOREIGN KEY (partner_id, category_id)
        REFERENCES categories (partner_id, id) ON DELETE CASCADE,
    CONSTRAINT products_name_check CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT products_price_check CHECK (price_minor BETWEEN 0 AND 9999999999),
    CONSTRAINT products_stock_check CHECK (stock BETWEEN 0 AND 1000000000),
    CONSTRAINT products_version_check CHECK (version >= 1)
);

CREATE INDEX products_category_idx ON products (partner_id, category_id, created_at DESC, id DESC);
CREATE INDEX products_created_idx ON products (partner_id, created_at DESC, id DESC);
CREATE INDEX products_price_idx ON products (partner_id, price_minor, id);
