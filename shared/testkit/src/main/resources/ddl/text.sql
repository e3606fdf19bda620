create table tx (id int primary key, v varchar(10));
insert into tx values (1, 'a'), (2, 'b');
alter table tx add a int;
aLtEr TaBlE tx AdD CoLuMn b InT nOt NuLl DeFaUlT 5 aFtEr Id;
  	 ALTER
	TABLE
 tx	ADD
c	INT ;
/* in front */ ALTER TABLE tx ADD d INT;
-- in front
ALTER TABLE tx ADD e INT;
# in front
ALTER TABLE tx ADD f INT;
ALTER/**/TABLE/**/tx/**/ADD/**/g/**/INT;
ALTER TABLE tx ADD /* ; */ h INT /* 'quote */, /* "x */ ADD i INT;
ALTER TABLE tx ADD j INT, -- to the end, ADD no INT
 ADD k INT;
ALTER TABLE tx ADD l INT--1;
ALTER TABLE tx ADD l INT # ADD no INT
, ADD m INT;
ALTER TABLE tx ADD n INT COMMENT '-- no /* comment */ # here';
ALTER TABLE tx /*!50100 ADD o INT */;
ALTER TABLE tx ADD s INT /*M!100301 INVISIBLE */;
ALTER TABLE tx ADD x INT /*! DEFAULT 6 */;
ALTER TABLE tx ADD y INT /*+ NO_HINT() */;
/*!50503 ALTER TABLE tx ADD z INT */;
ALTER /*! IGNORE */ TABLE tx ADD aa INT;
/*!40000 ALTER TABLE tx DISABLE KEYS */;
/*!40000 ALTER TABLE tx ENABLE KEYS */;
ALTER TABLE tx ADD ab INT /*!50100 COMMENT 'a /* nested */ b' */;
CREATE TABLE `tx2` (`id` int(11) NOT NULL AUTO_INCREMENT, `v` varchar(10) DEFAULT NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=latin1 /*!50100 PARTITION BY HASH (id) PARTITIONS 2 */;
DROP TABLE /*! IF EXISTS */ tx4 /* here too */;
CREATE/*!*/ TABLE tx4(id INT,v INT,KEY(v),UNIQUE(id));
ALTER TABLE tx4 ADD`a`INT,ADD(`b`INT,c INT),DROP`v`;
ALTER TABLE`tx4`CHANGE`a``a``a`INT;
ALTER TABLE tx4 CHANGE ```a``a` a INT;
DROP TABLE`tx4`,`tx2`;
INSERT INTO tx (id, v, a) VALUES (3, 'c', 3);
CREATE TABLE `sp ace` (`id` INT PRIMARY KEY, `a b` INT, `c``d` INT, `e"f` INT, `g'h` INT, `i.j` INT, `k;l` INT, `m,n` INT, `(o)` INT);
INSERT INTO `sp ace` VALUES (1, 2, 3, 4, 5, 6, 7, 8, 9);
ALTER TABLE `sp ace` ADD INDEX (`a b`), ADD INDEX `i;x` (`c``d`, `e"f`), ADD UNIQUE (`g'h`);
ALTER TABLE `sp ace` CHANGE `a b` `b a` INT, CHANGE `c``d` `d``c` BIGINT FIRST;
ALTER TABLE `sp ace` DROP INDEX `i;x`, DROP `(o)`, ADD `-- no` INT, ADD `/* no */` INT DEFAULT 3;
ALTER TABLE `sp ace` ADD `gen` INT AS (`i.j` + `k;l`) STORED, ADD CONSTRAINT `che ck` CHECK (`m,n` <> 99);
RENAME TABLE `sp ace` TO `back``quote`;
ALTER TABLE `back``quote` ADD `x` INT, RENAME `dot.in.it`;
ALTER TABLE `dot.in.it` RENAME TO `it's "quoted"`;
UPDATE `it's "quoted"` SET `b a` = 22;
CREATE TABLE `select` (`from` INT PRIMARY KEY, `where` INT, `group` INT, `order` VARCHAR(10), `index` INT, `primary` INT, `key` INT, `check` INT, `column` INT, `partition` INT, INDEX `index` (`index`), UNIQUE `unique` (`key`));
INSERT INTO `select` VALUES (1, 2, 3, '4', 5, 6, 7, 8, 9, 10);
ALTER TABLE `select` ADD `add` INT, CHANGE `where` `change` INT, DROP `check`, MODIFY `order` VARCHAR(20) AFTER `column`;
ALTER TABLE `select` ADD INDEX `foreign` (`primary`), DROP INDEX `index`, ADD `period` INT, ADD `fulltext` INT;
ALTER TABLE `select` ADD `first` INT FIRST, ADD `after` INT AFTER `first`, RENAME TO `table`;
ALTER TABLE `table` ADD comment INT, ADD status INT, ADD value VARCHAR(5), ADD date DATE, ADD time TIME, ADD timestamp DATETIME, ADD text TEXT, ADD type INT, ADD action INT, ADD bit BIT;
ALTER TABLE `table` ADD enum INT, ADD engine INT, ADD end INT, ADD data INT, ADD algorithm INT, ADD locks INT, ADD visible INT, ADD invisible INT, ADD password INT, ADD begin INT;
ALTER TABLE `table` MODIFY comment INT COMMENT 'comment', MODIFY engine INT AFTER end, CHANGE value first VARCHAR(5), DROP algorithm, DROP text;
ALTER TABLE `table` ADD no INT, ADD only INT, ADD offset INT, ADD names INT, ADD slow INT, ADD online INT, ADD wait INT, ADD nowait INT;
DROP TABLE `table`;
CREATE TABLE `tablé` (`ключ` INT PRIMARY KEY, `größe` INT DEFAULT 1, `名前` VARCHAR(20) CHARACTER SET utf8mb4, ñ INT);
INSERT INTO `tablé` VALUES (1, 2, '田中', 3);
ALTER TABLE tablé ADD straße INT, CHANGE `größe` maß INT COMMENT 'größe', ADD INDEX `索引` (`名前`);
ALTER TABLE `tablé` ADD CONSTRAINT `проверка` CHECK (`ключ` > 0), MODIFY `名前` VARCHAR(30) CHARACTER SET utf8mb4 DEFAULT 'なし';
RENAME TABLE `tablé` TO `таблица`;
ALTER TABLE таблица ADD ÄÖ INT, ADD UNIQUE (ñ);
ALTER TABLE `таблица` ADD äöü INT, DROP ÄÖ, CHANGE STRASSE straße2 INT;
ALTER TABLE `таблица` CHANGE STRAßE straße2 INT;
CREATE TABLE `emoji😀` (id INT);
CREATE TABLE 1a (2b INT, 3e4 INT, 5$ INT, $6 INT, _7 INT, a$b INT);
ALTER TABLE 1a ADD 8x INT, CHANGE 2b 2c INT, ADD INDEX 9i (3e4), DROP 5$;
ALTER TABLE ddl_effect.1a ADD 0x INT, ADD b1 INT, ADD x1 INT;
ALTER TABLE ddl_effect . `1a` ADD b2 INT;
ALTER TABLE .1a ADD b3 INT;
ALTER TABLE `1a` MODIFY `1a`.b2 BIGINT;
ALTER TABLE 1a ADD INDEX (1a.b2);
ALTER TABLE 1a DROP b1, ALTER b2 SET DEFAULT 5;
ALTER TABLE 1a DROP COLUMN 1a.x1;
CREATE TABLE lo (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa INT, b INT, INDEX (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa));
ALTER TABLE lo ADD INDEX (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, b), ADD UNIQUE (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa);
DROP TABLE IF EXISTS tx, tx2, tx3, tx4, `it's "quoted"`, `таблица`, 1a, lo, `dot.in.it`, `back``quote`, `sp ace`, `tablé`, `select`;
