CREATE DATABASE app CHARACTER SET utf8mb4;
CREATE TABLE app.t (`__dts_data_source` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, v VARCHAR(10), id INT, more INT DEFAULT 7, PRIMARY KEY (id, `__dts_data_source`));
INSERT INTO app.t VALUES ('somebody else', 'kept', 1, 8);
