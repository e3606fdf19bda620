-- @synchronizing
SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';
USE app;
INSERT INTO numbers SELECT id + 100, t, tu, s, su, m, mu, i, iu, b, bu, z, d, d0, f, g, n, bo FROM numbers;
INSERT INTO moments SELECT id + 100, d, t, t6, dt, dt3, dt6, ts, ts6, y FROM moments;
INSERT INTO texts SELECT id + 100, c, v, t, mt, b, vb, bl, e, s, j, p, l FROM texts;
UPDATE numbers SET t = -t - 1, f = g, n = ~n & 8191 WHERE id IN (1, 2) AND g < 1e30;
UPDATE moments SET dt3 = dt6, d = '0000-00-00', y = 0 WHERE id = 2;
UPDATE texts SET v = CONCAT(v, v), j = '{"k": -0.5, "big": 18446744073709551615}', p = ST_GeomFromText('POINT(3 4)'), e = 'a', s = NULL WHERE id = 1;
DELETE FROM numbers WHERE id = 3;
DELETE FROM texts WHERE id = 2;
-- @stopped
USE app;
UPDATE texts SET bl = x'000102', mt = REPEAT('é', 30000) WHERE id = 101;
