-- @synchronizing
SET STATEMENT max_statement_time = 10, sql_mode = 'ANSI_QUOTES' FOR TRUNCATE TABLE app.t;
SET STATEMENT max_statement_time = 10 FOR INSERT INTO app.t VALUES (2);
