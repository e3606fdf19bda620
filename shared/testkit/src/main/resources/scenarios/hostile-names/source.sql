SET NAMES utf8mb4;
-- MariaDB does not double the back-quotes in a foreign key's names in SHOW CREATE TABLE.
CREATE DATABASE `a``b c'd"e` CHARACTER SET utf8mb4;
USE `a``b c'd"e`;
CREATE TABLE `t; -- "x` (`k 1` INT, `col``umn` VARCHAR(20), `"q"` INT, `it's` INT, `\\` INT, `select` INT, `?` INT, PRIMARY KEY (`k 1`), KEY `i``x` (`col``umn`, `it's`));
INSERT INTO `t; -- "x` VALUES (1, 'a', 1, 1, 1, 1, 1), (2, 'b', 2, 2, 2, 2, 2);
CREATE TABLE `c/h.i%l_d` (`id` INT PRIMARY KEY, `p;`` x` INT, CONSTRAINT `f "`` k` FOREIGN KEY (`p;`` x`) REFERENCES `t; -- "x` (`k 1`) ON DELETE CASCADE);
INSERT INTO `c/h.i%l_d` VALUES (1, 1), (2, 2);
CREATE VIEW `v``iew` AS SELECT `k 1` AS `x``y`, `it's` FROM `t; -- "x`;
CREATE DATABASE `$(x) ü-中` CHARACTER SET utf8mb4;
CREATE TABLE `$(x) ü-中`.`ÄÖ` (`é` INT PRIMARY KEY, `名前` VARCHAR(10));
INSERT INTO `$(x) ü-中`.`ÄÖ` VALUES (1, 'x');
