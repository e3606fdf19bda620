-- @stopped
ALTER TABLE app.t ADD KEY v (v);
INSERT INTO app.t VALUES (3, 'three');
