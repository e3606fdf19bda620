-- Servers keep with a routine the default that its database had: nothing but that default, changed for a moment, makes it again.
CREATE DATABASE app CHARACTER SET latin1 COLLATE latin1_bin;
CREATE FUNCTION app.old_one(a VARCHAR(10)) RETURNS INT DETERMINISTIC RETURN a = 'x';
ALTER DATABASE app CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE FUNCTION app.new_one(a VARCHAR(10)) RETURNS INT DETERMINISTIC RETURN a = 'x';
CREATE TABLE app.t (id INT PRIMARY KEY);
