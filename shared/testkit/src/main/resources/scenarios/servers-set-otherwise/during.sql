-- @synchronizing
SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';
SET NAMES utf8mb4;
USE app;
INSERT INTO t (id, c, v, g, d, dt, ts, f, r, n, b, y) SELECT id + 10, c, v, g, d, dt, ts, f, r, n, b, y FROM t;
UPDATE t SET v = '\\''"', c = '' WHERE id IN (1, 2);
UPDATE nokey SET b = '' WHERE a > 1;
DELETE FROM nokey WHERE a = 1 LIMIT 1;
INSERT INTO nokey VALUES (9, NULL, '2026-03-29 02:30:00');
DELETE FROM t WHERE id = 3;
-- @stopped
USE app;
UPDATE t SET d = '2021-01-01', v = NULL WHERE id > 10;
UPDATE nokey SET a = a + 1;
