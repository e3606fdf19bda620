-- MariaDB logs changes of such a table as text, whatever binlog_format says: what it made of the rows is not in the log.
CREATE DATABASE app;
CREATE TABLE app.versioned (id INT PRIMARY KEY, v INT, since BIGINT UNSIGNED GENERATED ALWAYS AS ROW START, until BIGINT UNSIGNED GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until)) WITH SYSTEM VERSIONING;
