-- The outer view sorts before the inner one that it stands on; the trigger would write to audit, were it there during the copy.
CREATE DATABASE app CHARACTER SET utf8mb4;
USE app;
CREATE TABLE orders (id INT PRIMARY KEY AUTO_INCREMENT, amount DECIMAL(10,2), note VARCHAR(50));
CREATE TABLE audit (id INT PRIMARY KEY AUTO_INCREMENT, what VARCHAR(100));
CREATE VIEW z_inner AS SELECT id, amount * 2 AS twice FROM orders WHERE amount > 1;
CREATE VIEW a_outer AS SELECT z.id, z.twice, 'it''s; -- "x"' AS text FROM z_inner z JOIN orders o ON o.id = z.id;
DELIMITER //
CREATE FUNCTION b_uses_view() RETURNS INT READS SQL DATA BEGIN DECLARE n INT; SELECT COUNT(*) INTO n FROM a_outer; RETURN n; END//
CREATE FUNCTION doubled(a DECIMAL(10,2)) RETURNS DECIMAL(10,2) DETERMINISTIC COMMENT 'it''s' RETURN a * 2//
CREATE PROCEDURE add_order(IN a DECIMAL(10,2), OUT made INT) MODIFIES SQL DATA SQL SECURITY INVOKER
BEGIN
  INSERT INTO orders (amount, note) VALUES (a, 'by procedure; -- really');
  SET made = LAST_INSERT_ID();
END//
CREATE TRIGGER on_order BEFORE INSERT ON orders FOR EACH ROW BEGIN SET NEW.note = CONCAT('<', NEW.note, '>'); END//
CREATE TRIGGER on_order_audit AFTER INSERT ON orders FOR EACH ROW INSERT INTO audit (what) VALUES (CONCAT('order ', NEW.id))//
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE COMMENT 'never' DO DELETE FROM audit WHERE id < 0//
DELIMITER ;
CREATE VIEW c_uses_function AS SELECT id, doubled(amount) AS d FROM orders;
INSERT INTO orders (amount, note) VALUES (1, 'a'), (2, 'b'), (3, 'c');
