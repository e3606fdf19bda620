create table a (id bigint unsigned not null auto_increment primary key, i int, z int(5) unsigned zerofill, t1 tinyint(1),
 c char(3) character set latin1, v varchar(20) collate utf8mb4_unicode_ci default 'it''s \\ x', tx text,
 e enum('a','b''c','d\\e','x,y') default 'a', s set('p','q') not null, b bit(7) default b'101', d decimal(20,5) unsigned default 1.5,
 f float, db double, dt datetime(6) default current_timestamp(6) on update current_timestamp(6), ts timestamp null, y year,
 bl blob, bn binary(4) default 'a', g geometry not null, p point,
 g1 int generated always as (i+1) stored, g2 varchar(40) generated always as (concat(v,'x')) virtual,
 u3 varchar(10) character set utf8, unique key u1 (i), unique key u2 (v(5)), key k1 (d desc, f), key kc (c) comment 'it''s',
 fulltext key ft (tx), spatial key sp (g)) auto_increment=1000 comment='hi ''q'' there';;
create table `odd``name` (`a b` int primary key, `sel``ect` varchar(10), key `k ``1` (`sel``ect`));;
create table pr(id int primary key, x int, v varchar(10), key(x)) row_format=dynamic;;
create table ch(id int primary key, pid int, qid int, xid int, constraint fk1 foreign key (pid) references pr(id) on delete cascade on update set null,
 foreign key (qid) references pr(id), constraint fk3 foreign key (xid) references ch(id));;
create table `b``p` (`k``1` int primary key);;
create table `b``q` (`id` int primary key, `p``, ``q` int, constraint `f`` k` foreign key (`p``, ``q`) references `b``p` (`k``1`)
 on delete cascade on update set null);;
create table pt(id int not null, d date not null, primary key(id,d)) partition by range(year(d)) subpartition by hash(id) subpartitions 2
 (partition p0 values less than (2000) comment='x', partition p1 values less than maxvalue);;
create table pk(id int not null primary key) partition by key(id) partitions 3;;
create table pl(id varchar(10) not null primary key) partition by list columns(id) (partition a values in ('x','y'), partition b values in ('z'));;
create table ck(a int check (a>0), b int, constraint cc check (a<b));;
create table gc(g geometrycollection, m multipoint);;
create table cm(a int, b varchar(100)) row_format=compressed key_block_size=8 stats_persistent=1 max_rows=100 engine=innodb;;
create table my(a int primary key, b text, fulltext(b)) engine=myisam checksum=1 delay_key_write=1 pack_keys=1;;
create table mx(a varchar(10) character set utf8, b varchar(10) character set utf8mb4, c varchar(10) character set utf8 collate utf8_bin) charset latin1;;
create table noai(a int not null, b int auto_increment, key(b), key(a));;
create table js(id int primary key, j json, j2 json not null);;
create table nokey(a int, b varchar(10), key (a));;
create function f1(x int) returns varchar(10) charset latin1 deterministic sql security invoker return concat('a',x);;
create view v1 as select a.id, pr.x, f1(a.i) as f from a join pr on a.id=pr.id where a.v like 'x%' collate utf8mb4_bin;;
create or replace view v2 as select id, x from v1 where id in (select id from pr);;
create or replace sql security invoker view v3 as select * from v2;;
create procedure p1(in x int, out y varchar(10)) comment 'pp' begin select 1; end;;
create trigger tr1 before insert on pr for each row set new.x=1;;
create trigger tr2 before insert on pr for each row precedes tr1 begin set new.x=2; end;;
create event ev1 on schedule every 1 day starts '2030-01-01 00:00:00' do insert into pr values(1,2,'x');;
create event ev2 on schedule at '2031-01-01 00:00:00' on completion preserve disable comment 'c''x' do begin delete from pr; end;;
set sql_mode='ansi_quotes';;
create procedure p2() begin select 1 as "a ""b"; end;;
create trigger tr3 after insert on pr for each row begin set @x="NEW".id; end;;
set sql_mode='';;
