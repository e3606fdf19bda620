-- On the target they become InnoDB: rows and the task's progress are written in one transaction there.
CREATE DATABASE app CHARACTER SET utf8mb4;
USE app;
CREATE TABLE myisam (id INT AUTO_INCREMENT PRIMARY KEY, s VARCHAR(20), KEY (s), FULLTEXT KEY (s)) ENGINE = MyISAM ROW_FORMAT = FIXED CHECKSUM = 1 DELAY_KEY_WRITE = 1;
INSERT INTO myisam VALUES (1, 'one'), (2, 'two'), (3, 'three');
CREATE TABLE keyless (v INT, s VARCHAR(20)) ENGINE = MyISAM;
INSERT INTO keyless VALUES (1, 'a'), (1, 'a'), (2, 'b');
CREATE TABLE in_memory (id INT PRIMARY KEY, s VARCHAR(20), KEY h (s) USING HASH, KEY b (s) USING BTREE) ENGINE = MEMORY;
INSERT INTO in_memory VALUES (1, 'one'), (2, 'two');
CREATE TABLE comma (id INT NOT NULL, s VARCHAR(20) NOT NULL) ENGINE = CSV;
INSERT INTO comma VALUES (1, 'a,"b"'), (1, 'a,"b"'), (2, '');
CREATE TABLE archived (id INT NOT NULL AUTO_INCREMENT, s VARCHAR(20), PRIMARY KEY (id)) /*!50707 ENGINE = ARCHIVE */ /*M!100000 ENGINE = Aria TRANSACTIONAL = 1 PAGE_CHECKSUM = 1 */;
INSERT INTO archived VALUES (1, 'old'), (2, 'older');
CREATE TABLE nothing (id INT PRIMARY KEY, s VARCHAR(20)) /*!50707 ENGINE = BLACKHOLE */ /*M!100000 ENGINE = InnoDB */;
CREATE TABLE plain (id INT PRIMARY KEY, v INT);
INSERT INTO plain VALUES (1, 1);
CREATE TABLE numbered (a INT NOT NULL, id INT NOT NULL AUTO_INCREMENT, PRIMARY KEY (a, id)) ENGINE = MyISAM;
INSERT INTO numbered (a) VALUES (1), (1), (2);
