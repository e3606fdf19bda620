-- @synchronizing
USE App;
INSERT INTO Customers VALUES (3, 'Cid');
INSERT INTO Orders VALUES (3, 3, 30);
UPDATE Orders SET Amount = 11 WHERE Id = 1;
DELETE FROM Orders WHERE Id = 2;
DELETE FROM NoKey WHERE A = 1 LIMIT 1;
UPDATE Log_1 SET Line = 'changed' WHERE Id = 1;
INSERT INTO Log_2 VALUES (2, 'dos');
