package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.TableDefinition.CheckPart;
import io.opendts.engines.mysql.schema.TableDefinition.ForeignKeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.KeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.PeriodPart;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;

/** One thing that ALTER TABLE does to a table; what stands between the brackets of CREATE TABLE is such clauses too. */
sealed interface Clause {

    /** Where a column comes to stand. */
    sealed interface Place {
        record Stays() implements Place {}

        record First() implements Place {}

        record After(String column) implements Place {}
    }

    record AddColumn(WrittenColumn column, boolean unlessThere, Place place) implements Clause {}

    /** CHANGE, and MODIFY as a change to the same name. */
    record ChangeColumn(String name, WrittenColumn column, boolean ifThere, Place place) implements Clause {}

    record RenameColumn(String name, String to, boolean ifThere) implements Clause {}

    record DropColumn(String name, boolean ifThere) implements Clause {}

    record SetDefault(String column, List<Token> value) implements Clause {}

    record DropDefault(String column) implements Clause {}

    record ShowColumn(String column, boolean visible) implements Clause {}

    /** @param key with an empty name where the server chooses one */
    record AddKey(KeyPart key, boolean unlessThere) implements Clause {}

    record RenameKey(String name, String to, boolean ifThere) implements Clause {}

    record DropKey(String name, boolean ifThere) implements Clause {}

    /** @param word INVISIBLE or IGNORED; empty for an index that is used */
    record ShowKey(String name, String word) implements Clause {}

    /**
     * @param key     with an empty name where the server chooses one
     * @param keyName of the index that the server makes where none serves; empty where it is not told
     */
    record AddForeignKey(ForeignKeyPart key, String keyName, boolean unlessThere) implements Clause {}

    record DropForeignKey(String name, boolean ifThere) implements Clause {}

    /** @param check with an empty name where the server chooses one */
    record AddCheck(CheckPart check, boolean unlessThere) implements Clause {}

    record AddPeriod(PeriodPart period) implements Clause {}

    /** @param check whether only a check may be meant, not any constraint */
    record DropConstraint(String name, boolean check, boolean ifThere) implements Clause {}

    record Enforce(String name, boolean enforced) implements Clause {}

    record RenameTable(TableId to) implements Clause {}

    /** @param charset empty for the database's */
    record Convert(Optional<String> charset, Optional<String> collation) implements Clause {}

    /** @param name in upper case, as in {@link io.opendts.engines.mysql.schema.TableDefinition.Option} */
    record SetOption(String name, List<Token> value) implements Clause {}

    /** @param clause all of PARTITION BY; empty for none any more */
    record Partition(List<Token> clause) implements Clause {}

    /** What changes neither the table's form nor its rows: ALGORITHM, LOCK, FORCE, ENABLE KEYS, ORDER BY. */
    record Nothing() implements Clause {}
}
