package io.opendts.engines.mysql.log;

import io.opendts.model.Change;
import io.opendts.model.Row;
import io.opendts.model.RowBuilder;

/**
 * Walks the rows of one rows event, one change at a time, so that an event of any size costs the memory of one row. The
 * event's bytes must stay as they are until {@link #next} has returned null. Reused; one thread.
 */
final class RowsCursor {

    enum Kind { WRITE, UPDATE, DELETE, PARTIAL_UPDATE }

    /** 999,999 in three bytes, the highest one first. */
    private static final long LAST_MICROS_BIG_ENDIAN = 0x3F420F;

    private final Bytes in = new Bytes();
    private final Values values = new Values();
    private final JsonPatch patch = new JsonPatch();
    private final RowBuilder row = new RowBuilder();
    private Kind kind;
    private TableLayout layout;
    private boolean allBefore;
    private boolean allAfter;
    private long[] present = new long[0];
    private long[] presentAfter = new long[0];
    private int countBefore;
    private int countAfter;
    /** Whether the image read last is one of a row that lives: its life has no end yet. */
    private boolean lives;

    /** @param body stands behind the post-header, at the number of columns; where {@code compressed}, rows are inflated here */
    void start(Kind newKind, TableLayout newLayout, Bytes body, Inflation compressed, Place where) {
        kind = newKind;
        layout = newLayout;
        int columns = (int) body.lengthEncoded();
        if (columns != layout.plans().length) {
            throw LogErrors.tableChanged(layout.table().id(), "a rows event has " + columns + " columns, its table map "
                    + layout.plans().length, where);
        }
        present = bitmap(body, columns, present);
        countBefore = checked(present, columns, where);
        allBefore = countBefore == columns;
        boolean two = kind == Kind.UPDATE || kind == Kind.PARTIAL_UPDATE;
        if (two) {
            presentAfter = bitmap(body, columns, presentAfter);
            countAfter = checked(presentAfter, columns, where);
            allAfter = countAfter == columns;
        }
        if (compressed == null) {
            in.reset(body.array, body.at, body.end);
            return;
        }
        try {
            byte[] rows = compressed.event(body.array, body.at, body.end);
            in.reset(rows, 0, rows.length);
        } catch (java.util.zip.DataFormatException e) {
            throw LogErrors.damaged(where, "its compressed rows do not unpack (" + e.getMessage() + ")", e);
        }
    }

    /** See {@link JsonText#mySql57}. */
    void mySql57(boolean value) {
        values.mySql57(value);
    }

    private static long[] bitmap(Bytes body, int columns, long[] reuse) {
        long[] bits = reuse.length == (columns + 63) / 64 ? reuse : new long[(columns + 63) / 64];
        java.util.Arrays.fill(bits, 0);
        for (int i = 0; i < (columns + 7) / 8; i++) {
            bits[i >> 3] |= (long) body.u8() << 8 * (i & 7);
        }
        if ((columns & 63) != 0) {
            bits[bits.length - 1] &= (1L << (columns & 63)) - 1;
        }
        return bits;
    }

    /** A column that travels must be in every image: a partial image would change the row on the target by what is missing. */
    private int checked(long[] bits, int columns, Place where) {
        int count = 0;
        for (long word : bits) {
            count += Long.bitCount(word);
        }
        for (int i = 0; count < columns && i < columns; i++) {
            if (!has(bits, i) && (layout.carried()[i] || i == layout.rowEnd())) {
                String column = i == layout.rowEnd() ? "with the end of the row's life" : layout.plans()[i].name();
                throw LogErrors.partial(layout.table().id(), column, where);
            }
        }
        return count;
    }

    private static boolean has(long[] bits, int i) {
        return (bits[i >> 6] >>> i & 1) != 0;
    }

    /** Null at the end of the event. */
    Change next() {
        while (layout != null && in.left() > 0) {
            Change change = layout.rowEnd() < 0 ? change() : presentChange();
            if (change != null) {
                return change;
            }
        }
        if (layout != null && in.left() < 0) {
            throw new IndexOutOfBoundsException("rows run " + -in.left() + " bytes past the event's end");
        }
        layout = null;
        return null;
    }

    private Change change() {
        return switch (kind) {
            case WRITE -> new Change.Insert(layout.relation(), before());
            case DELETE -> new Change.Delete(layout.relation(), before());
            case UPDATE -> {
                Row before = before();
                yield new Change.Update(layout.relation(), before, after());
            }
            case PARTIAL_UPDATE -> {
                patch.before(layout.plans().length);
                Row before = before();
                yield new Change.Update(layout.relation(), before, partialImage());
            }
        };
    }

    /**
     * What the event did to the present rows; null where it only kept a past one. A row that is deleted gets an end to its life,
     * and one that is changed may be written once more with such an end.
     */
    private Change presentChange() {
        return switch (kind) {
            case WRITE -> {
                Row row = before();
                yield lives ? new Change.Insert(layout.relation(), row) : null;
            }
            case DELETE -> {
                Row row = before();
                yield lives ? new Change.Delete(layout.relation(), row) : null;
            }
            case UPDATE, PARTIAL_UPDATE -> {
                Row before = before();
                boolean lived = lives;
                Row after = after();
                yield lived && lives ? new Change.Update(layout.relation(), before, after)
                        : lived ? new Change.Delete(layout.relation(), before)
                        : lives ? new Change.Insert(layout.relation(), after) : null;
            }
        };
    }

    private Row before() {
        return image(present, allBefore, countBefore);
    }

    private Row after() {
        return image(presentAfter, allAfter, countAfter);
    }

    private Row image(long[] bits, boolean all, int count) {
        ColumnPlan[] plans = layout.plans();
        boolean[] carried = layout.carried();
        byte[] nulls = in.array;
        int nullsAt = in.at;
        in.at += (count + 7) / 8;
        row.clear();
        int bit = 0;
        for (int i = 0; i < plans.length; i++) {
            if (!all && !has(bits, i)) {
                continue;
            }
            boolean isNull = (nulls[nullsAt + (bit >> 3)] >> (bit & 7) & 1) != 0;
            bit++;
            if (isNull) {
                if (carried[i]) {
                    row.addNull();
                }
                continue;
            }
            if (kind == Kind.PARTIAL_UPDATE) {
                patch.remember(i, in.array, in.at);
            }
            if (i == layout.rowEnd()) {
                lives = endless();
            }
            values.read(plans[i], in, row);
        }
        if (in.at > in.end) {
            throw new IndexOutOfBoundsException("a row of " + layout.table().id() + " runs past the event's end");
        }
        return row.build();
    }

    /** Whether the value is the last one that a TIMESTAMP(6) has: newer servers count seconds beyond 2038. */
    private boolean endless() {
        byte[] end = in.array;
        int at = in.at;
        boolean lastSecond = (end[at] & 0x7F) == 0x7F && JsonText.number(end, at + 1, 3) == 0xFFFFFF;
        return lastSecond && JsonText.number(end, at + 4, 3) == LAST_MICROS_BIG_ENDIAN;
    }

    /** The after image of a PARTIAL_UPDATE: options, a bit for each JSON column that holds a list of differences, then as usual. */
    private Row partialImage() {
        long options = in.lengthEncoded();
        int partialAt = in.at;
        boolean differences = (options & 1) != 0;
        if (differences) {
            in.at += (layout.jsons() + 7) / 8;
        }
        int nullsAt = in.at;
        in.at += (countAfter + 7) / 8;
        row.clear();
        int bit = 0;
        int json = 0;
        for (int i = 0; i < layout.plans().length; i++) {
            boolean isJson = layout.plans()[i].type() == LogType.JSON;
            boolean partial = isJson && differences && (in.array[partialAt + (json >> 3)] >> (json & 7) & 1) != 0;
            json += isJson ? 1 : 0;
            if (!has(presentAfter, i)) {
                continue;
            }
            boolean isNull = (in.array[nullsAt + (bit >> 3)] >> (bit & 7) & 1) != 0;
            bit++;
            if (isNull) {
                if (layout.carried()[i]) {
                    row.addNull();
                }
            } else if (partial) {
                patch.apply(layout.plans()[i], i, in, layout.carried()[i] ? row : null);
            } else {
                values.read(layout.plans()[i], in, row);
            }
        }
        return row.build();
    }
}
