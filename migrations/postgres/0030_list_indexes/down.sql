DROP INDEX products_category_price_idx;
DROP INDEX orders_status_idx;
