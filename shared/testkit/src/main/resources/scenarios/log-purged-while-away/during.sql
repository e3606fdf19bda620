-- @stopped
INSERT INTO app.t VALUES (3, 'three');
FLUSH BINARY LOGS;
INSERT INTO app.t VALUES (4, 'four');
