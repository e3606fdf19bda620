-- @synchronizing
USE app;
INSERT INTO filled_later (v) VALUES (1), (2);
INSERT INTO keyless VALUES (1), (1);
TRUNCATE TABLE emptied;
INSERT INTO emptied VALUES (3);
INSERT INTO all_default VALUES ();
-- @stopped
USE app;
TRUNCATE TABLE keyless;
INSERT INTO keyless VALUES (7);
