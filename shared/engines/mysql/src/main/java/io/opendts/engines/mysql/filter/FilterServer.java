package io.opendts.engines.mysql.filter;

import io.opendts.engines.mysql.wire.Errno;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.engines.mysql.wire.RowHandler;
import io.opendts.engines.mysql.wire.ColumnMeta;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Column;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.RowBuilder;
import io.opendts.model.RowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The source itself, asked what its collations say of values that lie in the log. It opens its session with the first question.
 * One thread asks; {@link #close} may come from any.
 */
public final class FilterServer implements AutoCloseable {

    private static final int QUESTIONS_PER_STATEMENT_MAX = 500;
    private static final int STATEMENT_BYTES_MAX = 1 << 20;
    private static final int ANSWER_MILLIS = 60_000;

    private final Supplier<MySqlConnection> connections;
    private final SqlBytes sql = new SqlBytes(16 * 1024);
    private final RowReader reader = new RowReader();
    private volatile MySqlConnection connection;
    private volatile boolean closed;

    public FilterServer(Supplier<MySqlConnection> connections) {
        this.connections = connections;
    }

    /** In the order of the questions; none of them is OPEN. A session that the server has ended since the last ones is opened again. */
    List<Verdict> ask(List<Question> questions) {
        boolean used = connection != null;
        try {
            return asked(questions);
        } catch (MySqlWireException e) {
            if (!used || closed || e instanceof MySqlServerError error && !Errno.retryable(error.errno())) {
                throw failed(e, questions.getFirst());
            }
            connection.close();
        }
        try {
            return asked(questions);
        } catch (MySqlWireException e) {
            throw failed(e, questions.getFirst());
        }
    }

    private List<Verdict> asked(List<Question> questions) {
        List<Verdict> verdicts = new ArrayList<>(questions.size());
        for (int from = 0; from < questions.size(); ) {
            sql.clear().sql("SELECT ");
            int to = from;
            do {
                question(to > from ? sql.raw(',') : sql, questions.get(to++));
            } while (to < questions.size() && to - from < QUESTIONS_PER_STATEMENT_MAX && sql.size() < STATEMENT_BYTES_MAX);
            run(questions.subList(from, to), verdicts);
            from = to;
        }
        return verdicts;
    }

    /** Asks everything that the filter may come to ask, of values that are never wrong. */
    public void tryOut(RowFilter filter) {
        List<Question> questions = new ArrayList<>();
        for (ServerAtom atom : filter.atoms()) {
            RowBuilder empty = new RowBuilder();
            atom.columns().forEach(_ -> empty.add(new byte[0]));
            questions.add(new Question(atom, empty.build()));
        }
        if (!questions.isEmpty()) {
            ask(questions);
        }
    }

    /** Two answers each: the verdict, and whether the value was understood as it stands. */
    private void question(SqlBytes statement, Question question) {
        List<byte[]> values = values(question);
        question.atom().sql(statement, values);
        statement.raw(',');
        if (values.stream().allMatch(FilterServer::ascii)) {
            statement.raw('1');
        } else {
            question.atom().intact(statement, values);
        }
    }

    private static boolean ascii(byte[] value) {
        for (byte b : value) {
            if (b <= 0) {
                return false;
            }
        }
        return true;
    }

    private List<byte[]> values(Question question) {
        List<byte[]> values = new ArrayList<>();
        reader.reset(question.values());
        while (reader.hasNext()) {
            reader.next();
            byte[] value = new byte[reader.length()];
            System.arraycopy(reader.buffer(), reader.offset(), value, 0, value.length);
            values.add(value);
        }
        return values;
    }

    private void run(List<Question> questions, List<Verdict> verdicts) {
        session().stream(sql.buffer(), 0, sql.size(), new RowHandler() {
            @Override
            public void columns(List<ColumnMeta> columns) {
            }

            @Override
            public void row(byte[] buffer, int offset, int length, int columnCount) {
                RowReader answers = new RowReader();
                answers.reset(buffer, offset, length);
                for (Question question : questions) {
                    boolean told = answers.next();
                    boolean truth = told && answers.buffer()[answers.offset()] == '1';
                    boolean intact = answers.next() && answers.buffer()[answers.offset()] == '1';
                    if (!told || !intact) {
                        throw unreadable(question.atom().columns().getFirst().column());
                    }
                    verdicts.add(Verdict.of(truth));
                }
            }
        });
    }

    private MySqlConnection session() {
        MySqlConnection now = connection;
        if (now == null || now.closed()) {
            now = connections.get();
            now.readTimeoutMillis(ANSWER_MILLIS);
            connection = now;
            if (closed) {
                now.close();
            }
        }
        return now;
    }

    private static DtsException unreadable(Column column) {
        return new DtsException(ErrorCode.VALUE_UNREADABLE, "a value of column " + column.name()
                + ", which the filter looks at, is no text in "
                + column.charset().orElse("its character set") + ": what its collation says of it depends on the statement",
                "correct the value on the source, or take the column out of the filter; then reset the task");
    }

    private static DtsException failed(MySqlWireException e, Question first) {
        String doing = "asking the source about column " + first.atom().columns().getFirst().column().name() + " of a filter: ";
        if (e instanceof MySqlServerError error && !Errno.retryable(error.errno())) {
            return new DtsException(ErrorCode.SOURCE_QUERY_FAILED, doing + e.getMessage(),
                    "see the server's message (a value may need a larger max_allowed_packet on the source); then resume", e);
        }
        return new DtsException(ErrorCode.SOURCE_UNREACHABLE, doing + e.getMessage(), "check that the source is up and reachable", e);
    }

    @Override
    public void close() {
        closed = true;
        MySqlConnection now = connection;
        if (now != null) {
            now.close();
        }
    }
}
