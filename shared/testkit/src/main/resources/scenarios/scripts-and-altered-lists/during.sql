-- @synchronizing
SET NAMES utf8mb4;
USE `магазин`;
UPDATE `παραγγελίες` SET `όνομα` = 'άλλο' WHERE `αριθμός` = 2;
INSERT INTO `注文` VALUES (4, 3, '四');
DELETE FROM `注文` WHERE `番号` = 2;
UPDATE `الطلبات` SET `اسم` = 'ثلاثة';
INSERT INTO `आदेश` VALUES (3, 'สาม', 'שלוש', 7, 8, 9);
UPDATE `изменено` SET e = 'c', s = 'z', late = 'p' WHERE id = 1;
UPDATE `изменено` SET e = 'ü', s = 'y,x' WHERE id = 2;
INSERT INTO `изменено` (id, late, e, s, j) VALUES (5, 'p', 'b', 'y', '{"k": [1.5, true]}');
UPDATE `изменено` SET j = JSON_SET(j, '$.a', 10) WHERE id = 1;
-- @stopped
USE `магазин`;
UPDATE `изменено` SET j = JSON_REPLACE(j, '$.b[1]', 'zwei'), s = 'x' WHERE id = 1;
UPDATE `παραγγελίες` SET `όνομα` = 'τέλος' WHERE `αριθμός` = 1;
