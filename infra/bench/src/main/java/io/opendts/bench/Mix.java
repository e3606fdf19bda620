package io.opendts.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is written to the source, to be caught up with; made by sysbench's scripts but for the huge transaction. */
enum Mix {
    /** Two updates, a delete and an insert in each transaction. */
    MIX("sysbench write transactions", "oltp_write_only", 4, List.of()),
    /** A hundred rows of one table again and again. */
    HOT("updates of 100 rows of one table", "oltp_update_non_index", 1, List.of("--tables=1", "--table-size=100")),
    INSERTS("transactions with one insert", "oltp_insert", 1, List.of()),
    TINY("transactions with one update", "oltp_update_index", 1, List.of()),
    HUGE("rows changed by one transaction", "", 1, List.of());

    private final String text;
    private final String script;
    private final int rowsPerTransaction;
    private final List<String> words;

    Mix(String text, String script, int rowsPerTransaction, List<String> words) {
        this.text = text;
        this.script = script;
        this.rowsPerTransaction = rowsPerTransaction;
        this.words = words;
    }

    static Mix named(String word) throws BenchOptions.UsageException {
        return Arrays.stream(values()).filter(mix -> mix.word().equals(word)).findFirst()
                .orElseThrow(() -> new BenchOptions.UsageException("--mix " + word + ": it is one of "
                        + Arrays.stream(values()).map(Mix::word).collect(Collectors.joining(", "))));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String script() {
        return script;
    }

    List<String> words() {
        return words;
    }

    /** The title of the measure: what is caught up with. */
    String text(int transactions) {
        return transactions + " " + text;
    }

    /** Of so many transactions; those of the huge one are its rows. */
    long rowChanges(int transactions) {
        return (long) rowsPerTransaction * transactions;
    }
}
