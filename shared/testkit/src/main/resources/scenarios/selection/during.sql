-- @synchronizing
INSERT INTO shop_a.orders VALUES (2);
INSERT INTO shop_a.tmp VALUES (2);
INSERT INTO shop_a.bak_1 VALUES (2);
INSERT INTO shop_b.orders VALUES (2);
INSERT INTO shop_c.orders VALUES (2);
INSERT INTO shop_c.orders_2 VALUES (2);
INSERT INTO shop_c.orders_old VALUES (2);
INSERT INTO shop_c.items VALUES (2);
INSERT INTO shop_c.other VALUES (2);
INSERT INTO shop_d.plain VALUES (2);
INSERT INTO shop_d.a_tmp VALUES (2);
INSERT INTO shop_d.moved VALUES (2);
INSERT INTO shop_d.far_1 VALUES (2, 2);
INSERT INTO shop_e.t VALUES (2);
