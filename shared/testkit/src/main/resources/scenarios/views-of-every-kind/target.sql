CREATE USER known@'%';
