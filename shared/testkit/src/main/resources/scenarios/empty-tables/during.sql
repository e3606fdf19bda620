-- @synchronizing
USE app;
INSERT INTO filled_later (v) VALUES (1), (2);
INSERT INTO keyless VALUES (1), (1);
DELETE FROM emptied;
INSERT INTO emptied VALUES (3);
INSERT INTO all_default VALUES ();
-- @stopped
USE app;
DELETE FROM keyless;
INSERT INTO keyless VALUES (7);
