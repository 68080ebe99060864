-- Run at every start; creates and fills what is not there yet.

CREATE TABLE IF NOT EXISTS customer (
    id            int PRIMARY KEY,
    name          varchar(60) NOT NULL,
    city          varchar(40) NOT NULL,
    orders_placed int NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS article (
    sku   varchar(12) PRIMARY KEY,
    name  varchar(80) NOT NULL,
    price numeric(10,2) NOT NULL,
    stock int NOT NULL
);
CREATE TABLE IF NOT EXISTS orders (
    id          serial PRIMARY KEY,
    customer_id int NOT NULL REFERENCES customer,
    remark      varchar(40) NOT NULL,
    total       numeric(12,2) NOT NULL
);
CREATE INDEX IF NOT EXISTS orders_customer ON orders (customer_id);
CREATE TABLE IF NOT EXISTS order_line (
    order_id int NOT NULL REFERENCES orders,
    line_no  int NOT NULL,
    sku      varchar(12) NOT NULL REFERENCES article,
    quantity int NOT NULL,
    price    numeric(10,2) NOT NULL,
    PRIMARY KEY (order_id, line_no)
);
CREATE TABLE IF NOT EXISTS price_list (
    supplier varchar(20) NOT NULL,
    sku      varchar(12) NOT NULL,
    price    numeric(10,2) NOT NULL
);

-- Orders of former years: same names, another schema.
CREATE SCHEMA IF NOT EXISTS archive;
CREATE TABLE IF NOT EXISTS archive.orders (LIKE orders INCLUDING INDEXES);
CREATE TABLE IF NOT EXISTS archive.order_line (LIKE order_line INCLUDING INDEXES);

INSERT INTO customer (id, name, city)
    SELECT n, 'Customer ' || n, (ARRAY['Bergen', 'Gent', 'Graz', 'Lyon', 'Porto'])[1 + n % 5]
    FROM generate_series(1, 100) n
    ON CONFLICT DO NOTHING;
INSERT INTO article (sku, name, price, stock)
    SELECT 'A' || lpad(n::text, 4, '0'),
           (ARRAY['Hinge', 'Bolt', 'Bracket', 'Washer', 'Anchor', 'Rivet'])[1 + n % 6] || ' no. ' || n,
           1 + n % 40 + 0.25 * (n % 4),
           1000000
    FROM generate_series(1, 200) n
    ON CONFLICT DO NOTHING;
INSERT INTO archive.orders (id, customer_id, remark, total)
    SELECT n, 1 + n % 100, 'from the archive', 10 * n
    FROM generate_series(1, 300) n
    ON CONFLICT DO NOTHING;
INSERT INTO archive.order_line (order_id, line_no, sku, quantity, price)
    SELECT n, 1, 'A' || lpad((1 + n % 200)::text, 4, '0'), 2, 5 * n
    FROM generate_series(1, 300) n
    ON CONFLICT DO NOTHING;
INSERT INTO orders (customer_id, remark, total)
    SELECT 1 + n % 100, 'opening balance', 2 * n
    FROM generate_series(1, 300) n
    WHERE NOT EXISTS (SELECT 1 FROM orders);
INSERT INTO order_line (order_id, line_no, sku, quantity, price)
    SELECT o.id, l, 'A' || lpad((1 + (o.id * l) % 200)::text, 4, '0'), l, 4.50
    FROM orders o CROSS JOIN generate_series(1, 3) l
    WHERE NOT EXISTS (SELECT 1 FROM order_line);
