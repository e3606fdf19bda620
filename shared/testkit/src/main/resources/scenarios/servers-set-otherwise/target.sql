SET GLOBAL sql_select_limit = 2;
SET GLOBAL sql_safe_updates = 1;
