-- @synchronizing
INSERT INTO app.t_1 VALUES (3, 'z');
-- @stopped-target
DELETE FROM app.t WHERE id = 1 AND `__dts_data_source` = 'merged-tables-differ:app.t_2';
UPDATE app.t SET v = 'y' WHERE id = 2 AND `__dts_data_source` = 'merged-tables-differ:app.t_1';
