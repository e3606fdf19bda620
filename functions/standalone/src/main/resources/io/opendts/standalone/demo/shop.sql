-- A small shop. {customers} is a multiple of 100, at most 100,000; all other amounts follow from it. The same amount gives the same rows.
create database shop character set utf8mb4;
create database shop_seed;
use shop_seed;
create table digit (d int primary key);
insert into digit values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
create table number (n int primary key);
insert into number
  select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 1 as n from digit a, digit b, digit c, digit e, digit f
  having n <= {customers} order by n;
use shop;

create table customers (
  id int unsigned not null auto_increment primary key,
  email varchar(120) not null,
  name varchar(80) not null,
  country char(2) character set latin1 not null,
  interests set('books', 'music', 'garden', 'games') not null default '',
  preferences json,
  joined timestamp(6) not null default current_timestamp(6),
  avatar varbinary(32),
  unique key by_email (email),
  key by_country (country, joined)
);
insert into customers
  select n, concat('customer', n, '@example.com'), elt(1 + n % 5, 'Zoë Müller', '王芳', 'Ивáн Петров', 'Ana O''Neill', 'Smile 😀'),
    elt(1 + n % 6, 'de', 'fr', 'jp', 'br', 'us', 'in'), n % 16, json_object('newsletter', n % 3 = 0, 'visits', n, 'theme', hex(n)),
    '2020-01-01 00:00:00.000001' + interval n * 7919 second, if(n % 4 = 0, null, unhex(md5(n)))
  from shop_seed.number;

create table products (
  sku varchar(16) not null primary key,
  name varchar(80) not null,
  category enum('book', 'record', 'plant', 'game') not null,
  price decimal(10,2) not null,
  weight_kg double,
  stock bigint not null,
  fragile bit(1) not null default b'0',
  released year,
  description text
);
insert into products
  select concat('SKU-', lpad(n, 6, '0')), concat('Thing no. ', n), 1 + n % 4, 1 + n % 500 + 0.99, n / 7, 100000 + n, n % 2, 1980 + n % 45,
    repeat(concat('Very good, says customer ', n, '. '), 1 + n % 9)
  from shop_seed.number where n <= {customers} / 20;

create table orders (
  id bigint unsigned not null auto_increment primary key,
  customer_id int unsigned not null,
  status enum('new', 'paid', 'shipped', 'returned') not null default 'new',
  placed datetime(3) not null,
  total decimal(12,2) not null default 0,
  remark varchar(200),
  key by_status (status, placed),
  constraint order_of_customer foreign key (customer_id) references customers (id)
);
insert into orders (customer_id, status, placed, total, remark)
  select n, 1 + (n + k.d) % 4, '2024-01-01' + interval n * 37 + k.d minute, n % 900 + k.d / 10, if(n % 10 = 0, 'Ring twice 🔔', null)
  from shop_seed.number, shop_seed.digit k where k.d < 3 order by k.d, n;

create table order_items (
  order_id bigint unsigned not null,
  line smallint unsigned not null,
  sku varchar(16) not null,
  quantity int not null,
  price decimal(10,2) not null,
  amount decimal(12,2) generated always as (quantity * price) stored,
  primary key (order_id, line),
  constraint item_of_order foreign key (order_id) references orders (id) on delete cascade,
  constraint item_of_product foreign key (sku) references products (sku)
);
insert into order_items (order_id, line, sku, quantity, price)
  select o.id, k.d + 1, concat('SKU-', lpad(1 + (o.id * 7 + k.d * 13) % ({customers} div 20), 6, '0')), 1 + (o.id + k.d) % 5, 1 + o.id % 90 + 0.5
  from orders o, shop_seed.digit k where k.d < 1 + o.id % 3;

create table coupons (
  id int unsigned not null auto_increment primary key,
  code varchar(20) not null,
  customer_id int unsigned,
  discount float not null,
  unique key by_code (code)
);
insert into coupons (code, customer_id, discount)
  select concat('CODE-', n), n, n / 3 from shop_seed.number where n <= {customers} / 10;

create table audit_log (
  at timestamp(6) not null default current_timestamp(6),
  who varchar(40) not null,
  what varchar(120) not null,
  key by_time (at)
);
insert into audit_log
  select '2024-01-01 00:00:00' + interval n minute, concat('clerk', n % 7), concat('looked at customer ', n % 50)
  from shop_seed.number where n <= {customers} / 2;

create sql security invoker view sales_by_country as
  select c.country, count(*) as orders, sum(o.total) as total from customers c join orders o on o.customer_id = c.id group by c.country;
drop database shop_seed;
