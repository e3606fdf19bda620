-- @synchronizing
USE App;
INSERT INTO Customers (Id, Name) VALUES (3, 'Cid');
INSERT INTO Orders VALUES (3, 3, 30);
UPDATE Orders SET Amount = 11 WHERE Id = 1;
UPDATE Orders SET Cust = 1 WHERE Id = 2;
DELETE FROM Orders WHERE Id = 3;
INSERT INTO Parts VALUES (3, 3);
UPDATE NoKey SET B = 'y' LIMIT 1;
INSERT INTO Renamed VALUES (3, 3, 3);
DELETE FROM Renamed WHERE Id = 1;
