create table parent(id int primary key, n int);;
create table child(id int primary key, secret int, parent int, twice int generated always as (parent*2) virtual,
 hidden int generated always as (secret+1) virtual, unique key u (secret, parent), key k (parent),
 constraint fk_parent foreign key (parent) references parent (id) on delete cascade);;
create trigger seven before insert on parent for each row begin set new.n = 7; end;;
create procedure says_where() select count(*) from route_src.parent;;
