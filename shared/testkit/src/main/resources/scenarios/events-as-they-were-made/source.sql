-- An event is made disabled and enabled at the cut-over: its mode, time zone, collation and definer stay what they were.
CREATE USER keeper@'%' IDENTIFIED BY 'very-secret';
GRANT ALL ON *.* TO keeper@'%';
CREATE DATABASE app CHARACTER SET utf8mb4;
USE app;
CREATE TABLE done (id INT PRIMARY KEY AUTO_INCREMENT, what VARCHAR(100));
SET SESSION time_zone = '+05:30', collation_connection = utf8mb4_unicode_ci, sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT';
CREATE DEFINER=keeper@'%' EVENT "quo""ted" ON SCHEDULE EVERY 1 DAY STARTS '2035-01-01 00:00:00' ON COMPLETION PRESERVE
  DO INSERT INTO "done" ("what") VALUES ('a' || 'b');
SET SESSION sql_mode = '', time_zone = '+00:00', collation_connection = utf8mb4_bin;
CREATE EVENT plain ON SCHEDULE EVERY 2 DAY STARTS '2035-01-01 00:00:00' COMMENT 'it''s' DO INSERT INTO done (what) VALUES ("a");
CREATE EVENT never ON SCHEDULE EVERY 3 DAY STARTS '2035-01-01 00:00:00' DISABLE DO DELETE FROM done;
