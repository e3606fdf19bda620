package io.opendts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {

    @Test
    void cutsAtSemicolonsThatEndALineAndAtTheDelimiterInForce() {
        assertThat(SqlScript.statements("""
                -- a comment of its own
                create table t (a varchar(10) default 'x;y');
                insert into t values ('a'),
                  ('b');
                DELIMITER //
                create procedure p() begin
                  select 1;
                end//
                delimiter ;
                select 2
                """)).containsExactly(
                "create table t (a varchar(10) default 'x;y')",
                "insert into t values ('a'),\n  ('b')",
                "create procedure p() begin\n  select 1;\nend",
                "select 2");
    }
}
