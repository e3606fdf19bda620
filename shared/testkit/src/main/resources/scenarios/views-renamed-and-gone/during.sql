-- @stopped
USE app;
CREATE VIEW first AS SELECT id FROM t;
RENAME TABLE first TO second;
RENAME TABLE second TO third;
INSERT INTO t VALUES (2);
RENAME TABLE third TO fourth;
DROP VIEW fourth;
INSERT INTO t VALUES (3);
