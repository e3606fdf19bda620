CREATE TABLE `a` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `i` int(11) DEFAULT NULL,
  `z` int(5) unsigned zerofill DEFAULT NULL,
  `t1` tinyint(1) DEFAULT NULL,
  `c` char(3) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT NULL,
  `v` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'it''s \\ x',
  `tx` text DEFAULT NULL,
  `e` enum('a','b''c','d\\e','x,y') DEFAULT 'a',
  `s` set('p','q') NOT NULL,
  `b` bit(7) DEFAULT b'101',
  `d` decimal(20,5) unsigned DEFAULT 1.50000,
  `f` float DEFAULT NULL,
  `db` double DEFAULT NULL,
  `dt` datetime(6) DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6),
  `ts` timestamp NULL DEFAULT NULL,
  `y` year(4) DEFAULT NULL,
  `bl` blob DEFAULT NULL,
  `bn` binary(4) DEFAULT 'a\0\0\0',
  `g` geometry NOT NULL,
  `p` point DEFAULT NULL,
  `g1` int(11) GENERATED ALWAYS AS (`i` + 1) STORED,
  `g2` varchar(40) GENERATED ALWAYS AS (concat(`v`,'x')) VIRTUAL,
  `u3` varchar(10) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `u1` (`i`),
  UNIQUE KEY `u2` (`v`(5)),
  KEY `k1` (`d` DESC,`f`),
  KEY `kc` (`c`) COMMENT 'it''s',
  SPATIAL KEY `sp` (`g`),
  FULLTEXT KEY `ft` (`tx`)
) ENGINE=InnoDB AUTO_INCREMENT=1000 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci COMMENT='hi ''q'' there';;
CREATE TABLE `ap` (
  `a` int(11) DEFAULT NULL,
  `s` date NOT NULL,
  `e` date NOT NULL,
  PERIOD FOR `p` (`s`, `e`),
  UNIQUE KEY `a` (`a`,`p` WITHOUT OVERLAPS)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `ar` (
  `a` int(11) NOT NULL,
  PRIMARY KEY (`a`)
) ENGINE=Aria DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci PAGE_CHECKSUM=1 TRANSACTIONAL=1;;
CREATE TABLE `ch` (
  `id` int(11) NOT NULL,
  `pid` int(11) DEFAULT NULL,
  `qid` int(11) DEFAULT NULL,
  `xid` int(11) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `fk1` (`pid`),
  KEY `qid` (`qid`),
  KEY `fk3` (`xid`),
  CONSTRAINT `ch_ibfk_1` FOREIGN KEY (`qid`) REFERENCES `pr` (`id`),
  CONSTRAINT `fk1` FOREIGN KEY (`pid`) REFERENCES `pr` (`id`) ON DELETE CASCADE ON UPDATE SET NULL,
  CONSTRAINT `fk3` FOREIGN KEY (`xid`) REFERENCES `ch` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `ck` (
  `a` int(11) DEFAULT NULL CHECK (`a` > 0),
  `b` int(11) DEFAULT NULL,
  CONSTRAINT `cc` CHECK (`a` < `b`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `cm` (
  `a` int(11) DEFAULT NULL,
  `b` varchar(100) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci MAX_ROWS=100 STATS_PERSISTENT=1 ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8;;
CREATE TABLE `co` (
  `a` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_as_cs DEFAULT NULL,
  `b` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_nopad_ci DEFAULT NULL,
  `c` varchar(10) CHARACTER SET utf8mb3 COLLATE utf8mb3_uca1400_ai_ci DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `enc` (
  `a` int(11) NOT NULL,
  PRIMARY KEY (`a`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci `encrypted`=no `page_compressed`=1;;
CREATE TABLE `gc` (
  `g` geometrycollection DEFAULT NULL,
  `m` multipoint DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `inv` (
  `a` int(11) DEFAULT NULL,
  `b` int(11) INVISIBLE DEFAULT 5
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `ixm` (
  `a` int(11) DEFAULT NULL,
  `b` varchar(20) DEFAULT NULL,
  KEY `i1` (`a`) IGNORED
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `js` (
  `id` int(11) NOT NULL,
  `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`)),
  `j2` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`j2`)),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `ju` (
  `a` int(11) DEFAULT NULL,
  `j` longtext DEFAULT NULL,
  CONSTRAINT `CONSTRAINT_1` CHECK (json_valid(`j`))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `lu` (
  `t` text DEFAULT NULL,
  UNIQUE KEY `t` (`t`) USING HASH
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `mx` (
  `a` varchar(10) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci DEFAULT NULL,
  `b` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci DEFAULT NULL,
  `c` varchar(10) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;;
CREATE TABLE `my` (
  `a` int(11) NOT NULL,
  `b` text DEFAULT NULL,
  PRIMARY KEY (`a`),
  FULLTEXT KEY `b` (`b`)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci PACK_KEYS=1 CHECKSUM=1 DELAY_KEY_WRITE=1;;
CREATE TABLE `noai` (
  `a` int(11) NOT NULL,
  `b` int(11) NOT NULL AUTO_INCREMENT,
  KEY `b` (`b`),
  KEY `a` (`a`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `nokey` (
  `a` int(11) DEFAULT NULL,
  `b` varchar(10) DEFAULT NULL,
  KEY `a` (`a`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `odd``name` (
  `a b` int(11) NOT NULL,
  `sel``ect` varchar(10) DEFAULT NULL,
  PRIMARY KEY (`a b`),
  KEY `k ``1` (`sel``ect`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `pk` (
  `id` int(11) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
 PARTITION BY KEY (`id`)
PARTITIONS 3;;
CREATE TABLE `pl` (
  `id` varchar(10) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
 PARTITION BY LIST  COLUMNS(`id`)
(PARTITION `a` VALUES IN ('x','y') ENGINE = InnoDB,
 PARTITION `b` VALUES IN ('z') ENGINE = InnoDB);;
CREATE TABLE `pr` (
  `id` int(11) NOT NULL,
  `x` int(11) DEFAULT NULL,
  `v` varchar(10) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `x` (`x`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci ROW_FORMAT=DYNAMIC;;
CREATE TABLE `pt` (
  `id` int(11) NOT NULL,
  `d` date NOT NULL,
  PRIMARY KEY (`id`,`d`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
 PARTITION BY RANGE (year(`d`))
SUBPARTITION BY HASH (`id`)
SUBPARTITIONS 2
(PARTITION `p0` VALUES LESS THAN (2000) COMMENT = 'x' ENGINE = InnoDB,
 PARTITION `p1` VALUES LESS THAN MAXVALUE ENGINE = InnoDB);;
CREATE TABLE `sd` (
  `id` int(11) NOT NULL,
  `x` int(11) DEFAULT nextval(`shop`.`sq`),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `sv` (
  `a` int(11) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci WITH SYSTEM VERSIONING;;
CREATE TABLE `sv2` (
  `a` int(11) DEFAULT NULL,
  `rs` timestamp(6) GENERATED ALWAYS AS ROW START,
  `re` timestamp(6) GENERATED ALWAYS AS ROW END,
  PERIOD FOR SYSTEM_TIME (`rs`, `re`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci WITH SYSTEM VERSIONING;;
CREATE TABLE `un` (
  `u` uuid DEFAULT uuid(),
  `i4` inet4 DEFAULT NULL,
  `i6` inet6 DEFAULT NULL,
  `t` text DEFAULT 'abc',
  `x` int(11) DEFAULT (1 + 2),
  `t2` text /*M!100301 COMPRESSED*/ DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;;
CREATE TABLE `zd` (
  `id` int(11) NOT NULL,
  `d` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  `e` date DEFAULT '2000-00-00',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
