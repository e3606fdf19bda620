-- Rows without a key that a careless comparison takes for each other.
CREATE DATABASE app CHARACTER SET utf8mb4;
USE app;
CREATE TABLE folded (s VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci, l CHAR(10) CHARACTER SET latin1, v INT);
INSERT INTO folded VALUES ('a', 'x', 1), ('A', 'x', 1), ('á', 'x', 1), ('a ', 'X', 1), ('a', 'x', 1), ('', '', 1), (' ', '', 1), (NULL, NULL, NULL), (NULL, NULL, NULL);
CREATE TABLE shapes (b BIT(9), y VARBINARY(10), z BINARY(4), bl BLOB, t TEXT, e ENUM('a', 'b'), st SET('p', 'q'), g GEOMETRY, v INT);
INSERT INTO shapes VALUES (b'1', x'00', x'00', x'', '', 'a', '', ST_GeomFromText('POINT(1 2)'), 1), (b'1', x'0000', x'00', x'', '', 'a', '', ST_GeomFromText('POINT(1 2)'), 1), (b'100000001', x'', x'ff', x'00ff', 'T', 'b', 'p,q', NULL, 1), (b'1', x'00', x'00', x'', '', 'a', '', ST_GeomFromText('POINT(1 2)'), 1);
CREATE TABLE numbers (f FLOAT, d DOUBLE, n DECIMAL(30,10), u BIGINT UNSIGNED, y YEAR, v INT);
INSERT INTO numbers VALUES (0.1, 0.1, 0.1, 18446744073709551615, 2000, 1), (0.1, 0.1, 0.1, 18446744073709551614, 2000, 1), (-0.0, 1e-320, -0.0000000001, 0, 0, 1), (3.4e38, 1.7976931348623157e308, 12345678901234567890.0123456789, 1, NULL, 1), (0.1, 0.1, 0.1, 18446744073709551615, 2000, 1);
CREATE TABLE times (d DATE, t TIME(3), dt DATETIME(6), ts TIMESTAMP(2) NULL DEFAULT NULL, v INT);
INSERT INTO times VALUES ('2020-01-01', '-00:00:01.500', '2020-01-01 00:00:00.000001', '2020-01-01 00:00:00.25', 1), ('2020-01-01', '-00:00:01.500', '2020-01-01 00:00:00.000002', '2020-01-01 00:00:00.25', 1), ('2020-01-01', '-00:00:01.500', '2020-01-01 00:00:00.000001', '2020-01-01 00:00:00.25', 1);
CREATE TABLE documents (j JSON, v INT);
INSERT INTO documents VALUES ('{"a": 1}', 1), ('{"a": 1.0}', 1), ('[1, "1"]', 1), ('[1, "1"]', 1), ('null', 1), (NULL, 1);
CREATE TABLE made (a INT, m INT AS (a + 1) STORED, w INT AS (a + 2) VIRTUAL, v INT);
INSERT INTO made (a, v) VALUES (1, 1), (1, 1), (2, 1);
CREATE TABLE nullable_two (a INT, b INT, v INT, UNIQUE KEY (a, b));
INSERT INTO nullable_two VALUES (1, NULL, 1), (1, NULL, 1), (1, 1, 1), (NULL, NULL, 1);
CREATE TABLE prefix_only (s VARCHAR(40) NOT NULL, v INT, UNIQUE KEY (s(3)));
INSERT INTO prefix_only VALUES ('abcdef', 1), ('abdef', 1);
