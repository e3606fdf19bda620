create table ap(a int, s date, e date, period for p(s,e), unique(a, p without overlaps));;
create table lu(t text, unique key(t));;
create sequence sq start with 5 increment by 2;;
create table sd(id int primary key, x int default nextval(sq));;
