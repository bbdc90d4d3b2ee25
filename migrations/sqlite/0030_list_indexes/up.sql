-- The filters of lists that would otherwise read all rows of a partner.

CREATE INDEX orders_status_idx ON orders (partner_id, status, created_at DESC, id DESC);
CREATE INDEX products_category_price_idx ON products (partner_id, category_id, price_minor, id);
