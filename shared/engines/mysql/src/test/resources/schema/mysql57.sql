create table zd(id int primary key, d datetime not null default '0000-00-00 00:00:00', e date default '2000-00-00');;
create table tsx(a int primary key) tablespace innodb_file_per_table compression='none';;
create table cb(a enum('x','y') character set binary);;
