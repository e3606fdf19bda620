create table y(year int, d date) partition by range (year(d)) (partition p0 values less than (2000), partition p1 values less than maxvalue);;
