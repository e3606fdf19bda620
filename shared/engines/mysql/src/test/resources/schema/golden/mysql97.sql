CREATE TABLE `a` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `i` int DEFAULT NULL,
  `z` int(5) unsigned zerofill DEFAULT NULL,
  `t1` tinyint(1) DEFAULT NULL,
  `c` char(3) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT NULL,
  `v` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'it''s \\ x',
  `tx` text,
  `e` enum('a','b''c','d\\e','x,y') DEFAULT 'a',
  `s` set('p','q') NOT NULL,
  `b` bit(7) DEFAULT b'101',
  `d` decimal(20,5) unsigned DEFAULT '1.50000',
  `f` float DEFAULT NULL,
  `db` double DEFAULT NULL,
  `dt` datetime(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `ts` timestamp NULL DEFAULT NULL,
  `y` year DEFAULT NULL,
  `bl` blob,
  `bn` binary(4) DEFAULT 'a\0\0\0',
  `g` geometry NOT NULL,
  `p` point DEFAULT NULL,
  `g1` int GENERATED ALWAYS AS ((`i` + 1)) STORED,
  `g2` varchar(40) GENERATED ALWAYS AS (concat(`v`,_utf8mb4'x')) VIRTUAL,
  `u3` varchar(10) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `u1` (`i`),
  UNIQUE KEY `u2` (`v`(5)),
  KEY `k1` (`d` DESC,`f`),
  KEY `kc` (`c`) COMMENT 'it''s',
  SPATIAL KEY `sp` (`g`),
  FULLTEXT KEY `ft` (`tx`)
) ENGINE=InnoDB AUTO_INCREMENT=1000 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='hi ''q'' there';;
CREATE TABLE `ch` (
  `id` int NOT NULL,
  `pid` int DEFAULT NULL,
  `qid` int DEFAULT NULL,
  `xid` int DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `fk1` (`pid`),
  KEY `qid` (`qid`),
  KEY `fk3` (`xid`),
  CONSTRAINT `ch_ibfk_1` FOREIGN KEY (`qid`) REFERENCES `pr` (`id`),
  CONSTRAINT `fk1` FOREIGN KEY (`pid`) REFERENCES `pr` (`id`) ON DELETE CASCADE ON UPDATE SET NULL,
  CONSTRAINT `fk3` FOREIGN KEY (`xid`) REFERENCES `ch` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `ck` (
  `a` int DEFAULT NULL,
  `b` int DEFAULT NULL,
  CONSTRAINT `cc` CHECK ((`a` < `b`)),
  CONSTRAINT `ck_chk_1` CHECK ((`a` > 0))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `ck2` (
  `a` int DEFAULT NULL,
  CONSTRAINT `ccn` CHECK ((`a` > 5)) /*!80016 NOT ENFORCED */
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `cm` (
  `a` int DEFAULT NULL,
  `b` varchar(100) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci MAX_ROWS=100 STATS_PERSISTENT=1 ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8;;
CREATE TABLE `co` (
  `a` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_as_cs DEFAULT NULL,
  `b` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_de_pb_0900_ai_ci DEFAULT NULL,
  `c` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `de` (
  `id` varchar(36) DEFAULT (uuid()),
  `x` int DEFAULT ((1 + 2)),
  `t` text DEFAULT (_utf8mb4'abc'),
  `d` date DEFAULT (curdate())
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `fx` (
  `a` int DEFAULT NULL,
  `b` varchar(20) DEFAULT NULL,
  KEY `i1` (((`a` + 1)))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `gc` (
  `g` geomcollection DEFAULT NULL,
  `m` multipoint DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `inv` (
  `a` int DEFAULT NULL,
  `b` int DEFAULT '5' /*!80023 INVISIBLE */
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `ix` (
  `a` int DEFAULT NULL,
  `b` varchar(20) DEFAULT NULL,
  KEY `i1` (`a`) /*!80000 INVISIBLE */
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `js` (
  `id` int NOT NULL,
  `j` json DEFAULT NULL,
  `j2` json NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `mv` (
  `a` int NOT NULL,
  `j` json DEFAULT NULL,
  PRIMARY KEY (`a`),
  KEY `m1` ((cast(json_extract(`j`,_utf8mb4'$.x') as unsigned array)))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `mx` (
  `a` varchar(10) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci DEFAULT NULL,
  `b` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci DEFAULT NULL,
  `c` varchar(10) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=latin1;;
CREATE TABLE `my` (
  `a` int NOT NULL,
  `b` text,
  PRIMARY KEY (`a`),
  FULLTEXT KEY `b` (`b`)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci PACK_KEYS=1 CHECKSUM=1 DELAY_KEY_WRITE=1;;
CREATE TABLE `noai` (
  `a` int NOT NULL,
  `b` int NOT NULL AUTO_INCREMENT,
  KEY `b` (`b`),
  KEY `a` (`a`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `nokey` (
  `a` int DEFAULT NULL,
  `b` varchar(10) DEFAULT NULL,
  KEY `a` (`a`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `odd``name` (
  `a b` int NOT NULL,
  `sel``ect` varchar(10) DEFAULT NULL,
  PRIMARY KEY (`a b`),
  KEY `k ``1` (`sel``ect`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `pk` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
/*!50100 PARTITION BY KEY (id)
PARTITIONS 3 */;;
CREATE TABLE `pl` (
  `id` varchar(10) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
/*!50500 PARTITION BY LIST  COLUMNS(id)
(PARTITION a VALUES IN ('x','y') ENGINE = InnoDB,
 PARTITION b VALUES IN ('z') ENGINE = InnoDB) */;;
CREATE TABLE `pr` (
  `id` int NOT NULL,
  `x` int DEFAULT NULL,
  `v` varchar(10) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `x` (`x`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci ROW_FORMAT=DYNAMIC;;
CREATE TABLE `pt` (
  `id` int NOT NULL,
  `d` date NOT NULL,
  PRIMARY KEY (`id`,`d`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
/*!50100 PARTITION BY RANGE (year(`d`))
SUBPARTITION BY HASH (`id`)
SUBPARTITIONS 2
(PARTITION p0 VALUES LESS THAN (2000) COMMENT = 'x' ENGINE = InnoDB,
 PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */;;
CREATE TABLE `sr` (
  `g` geometry NOT NULL /*!80003 SRID 4326 */,
  SPATIAL KEY `g` (`g`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;;
CREATE TABLE `tsx` (
  `a` int NOT NULL,
  PRIMARY KEY (`a`)
) /*!50100 TABLESPACE `innodb_file_per_table` */ ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMPRESSION='none';;
CREATE TABLE `vc` (
  `v` vector(3) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
