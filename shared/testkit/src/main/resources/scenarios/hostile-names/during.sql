-- @synchronizing
SET NAMES utf8mb4;
USE `a``b c'd"e`;
UPDATE `t; -- "x` SET `col``umn` = 'changed', `it's` = 5, `"q"` = 7 WHERE `k 1` = 2;
DELETE FROM `t; -- "x` WHERE `k 1` = 1;
INSERT INTO `t; -- "x` VALUES (3, 'c', 3, 3, 3, 3, 3);
UPDATE `$(x) ü-中`.`ÄÖ` SET `名前` = '名';
