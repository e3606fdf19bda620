create table de(id varchar(36) default (uuid()), x int default (1+2), t text default ('abc'), d date default (curdate()));;
create table ix(a int, b varchar(20), key i1(a) invisible);;
create table fx(a int, b varchar(20), key i1((a+1)));;
create table sr(g geometry not null srid 4326, spatial key(g));;
create table co(a varchar(10) collate utf8mb4_0900_as_cs, b varchar(10) collate utf8mb4_de_pb_0900_ai_ci, c varchar(10) collate utf8mb4_bin);;
create table tsx(a int primary key) tablespace innodb_file_per_table compression='none';;
