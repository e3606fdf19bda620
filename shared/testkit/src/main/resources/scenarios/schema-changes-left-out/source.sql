-- Changes of the schema of tables that stay behind, or of which only rows are followed, concern nobody; an emptied table is emptied.
CREATE DATABASE app;
USE app;
CREATE TABLE rows_only (id INT PRIMARY KEY, v VARCHAR(20));
INSERT INTO rows_only VALUES (1, 'one'), (2, 'two');
CREATE TABLE emptied (id INT PRIMARY KEY, v VARCHAR(20));
INSERT INTO emptied VALUES (1, 'one'), (2, 'two');
CREATE TABLE emptied_while_stopped (id INT AUTO_INCREMENT PRIMARY KEY);
INSERT INTO emptied_while_stopped VALUES (1), (2);
CREATE TABLE keyless (v INT);
INSERT INTO keyless VALUES (1), (1), (2);
CREATE TABLE stays (id INT PRIMARY KEY);
CREATE DATABASE elsewhere;
CREATE TABLE elsewhere.t (id INT PRIMARY KEY, app INT);
