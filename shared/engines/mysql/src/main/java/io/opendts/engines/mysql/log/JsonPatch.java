package io.opendts.engines.mysql.log;

import io.opendts.model.RowBuilder;
import java.nio.charset.StandardCharsets;

/**
 * Applies the differences that binlog_row_value_options=PARTIAL_JSON logs in place of a document to the document of the before
 * image. Source: json_diff.h of MySQL: operation (0 replace, 1 insert, 2 remove), length and text of the path, and, but for
 * remove, length and binary form of the value. One thread.
 */
final class JsonPatch {

    private static final int REPLACE = 0;
    private static final int INSERT = 1;
    private static final int REMOVE = 2;

    private final JsonText text = new JsonText();
    private final Bytes document = new Bytes();
    private byte[] array;
    private int[] starts = new int[0];

    /** Forgets the last row. */
    void before(int columns) {
        starts = starts.length == columns ? starts : new int[columns];
        java.util.Arrays.fill(starts, -1);
    }

    /** Where a column's value lies in the before image. */
    void remember(int column, byte[] bytes, int at) {
        if (starts[column] < 0) {
            array = bytes;
            starts[column] = at;
        }
    }

    /** @param out null where the column does not travel */
    void apply(ColumnPlan plan, int column, Bytes in, RowBuilder out) {
        int until = in.length(in.u32()) + in.at;
        if (out != null) {
            if (starts[column] < 0) {
                throw LogErrors.unreadable(plan.table(), plan.name(), "differences to a document that was NULL");
            }
            try {
                document.reset(array, starts[column], in.end);
                int size = document.length(document.littleEndian(plan.meta()));
                JsonTree tree = JsonTree.read(array, document.at, document.at + size);
                while (in.at < until) {
                    tree = difference(tree, in);
                }
                Text printed = tree.print(text);
                out.add(printed.array, 0, printed.size);
            } catch (IllegalArgumentException e) {
                throw LogErrors.unreadable(plan.table(), plan.name(), "its logged difference does not fit the document ("
                        + e.getMessage() + ")");
            }
        }
        in.at = until;
    }

    private static JsonTree difference(JsonTree root, Bytes in) {
        int operation = in.u8();
        JsonPath path = JsonPath.parse(in.text((int) in.lengthEncoded(), StandardCharsets.UTF_8));
        JsonTree value = null;
        if (operation == REPLACE || operation == INSERT) {
            int size = in.length(in.lengthEncoded());
            value = JsonTree.read(in.array, in.at, in.at + size);
            in.at += size;
        } else if (operation != REMOVE) {
            throw new IllegalArgumentException("operation " + operation);
        }
        if (path.steps().isEmpty()) {
            if (operation != REPLACE) {
                throw new IllegalArgumentException("operation " + operation + " on the whole document");
            }
            return value;
        }
        JsonTree parent = root;
        for (JsonPath.Step step : path.steps().subList(0, path.steps().size() - 1)) {
            parent = parent.child(step);
        }
        JsonPath.Step last = path.steps().getLast();
        switch (operation) {
            case REPLACE -> parent.replace(last, value);
            case INSERT -> parent.insert(last, value);
            default -> parent.remove(last);
        }
        return root;
    }
}
