-- @stopped
INSERT INTO app.t VALUES (3, 'three');
ALTER TABLE app.t ADD more INT;
INSERT INTO app.t VALUES (4, 'four', 4);
