create table ck2(a int, constraint ccn check (a>5) not enforced);;
create table inv(a int, b int invisible default 5);;
create table mv(a int primary key, j json, key m1((cast(j->'$.x' as unsigned array))));;
create table vc(v vector(3));;
