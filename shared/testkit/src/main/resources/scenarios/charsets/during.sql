-- @synchronizing
SET NAMES utf8mb4;
USE app;
INSERT INTO t SELECT id + 10, l, m, m3, g, u, s, w, a, b, e, eu FROM t;
UPDATE t SET l = 'ÿ', g = x'815c', u = '中中', s = x'955c5c5c', w = '😀', e = 'ä', eu = 'a' WHERE id = 1;
UPDATE keyed SET v = v + 1;
UPDATE keyed SET k = '国' WHERE k = '文';
DELETE FROM keyed WHERE k = x'815c';
