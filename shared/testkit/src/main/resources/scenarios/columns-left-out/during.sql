-- @synchronizing
USE app;
INSERT INTO parents VALUES (3, 30);
UPDATE things SET name = 'uno', a = 11 WHERE id = 1;
UPDATE things SET secret = 9 WHERE id = 2;
INSERT INTO things (id, name, secret, part, a, b, p, c) VALUES (4, 'uno', 4, 4, 4, -4, 3, 30);
DELETE FROM things WHERE id = 3;
DELETE FROM keyless_here WHERE id = 1;
UPDATE keyless_here SET v = 7 WHERE id = 3;
INSERT INTO keyless_here VALUES (4, 5);
INSERT INTO uses VALUES (2, 3);
