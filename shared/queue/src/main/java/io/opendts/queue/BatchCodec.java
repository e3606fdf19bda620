package io.opendts.queue;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.DdlKind;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.SchemaObject;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;

/**
 * Batches as bytes, for any queue. A frame is: version (1 byte), length of the body (4 bytes, little endian), body, CRC32C of
 * all before it (4 bytes, little endian). The body: task, epoch, sequence, from, upTo, whole, number of changes, then each
 * change as a tag and its fields. Numbers are varints, strings UTF-8 behind their length; a position is told by how many
 * characters it shares with the position before it, and the rest; a change of the same relation as the change before it
 * has a tag that says so instead of the number. A change of the schema tells what it does to which objects, the layouts of each table
 * before and after it, 0 for none, whether it is made anew and which columns are the same, and then the names of objects that are no
 * tables.
 *
 * <p>One thread at a time: the buffer is used again.
 */
public final class BatchCodec {

    static final int VERSION = 1;
    private static final int HEADER_BYTES = 5;
    private static final int CHECK_BYTES = 4;

    private static final int BEGIN = 1;
    private static final int END = 2;
    private static final int INSERT = 3;
    private static final int UPDATE = 4;
    private static final int DELETE = 5;
    private static final int TRUNCATE = 6;
    private static final int DDL = 7;
    /** Numbers of layouts begin with 1. */
    private static final int NO_RELATION = 0;
    private static final int TAG_MASK = 0x0F;
    private static final int SAME_RELATION = 0x10;
    private static final int SAME_POSITION = 0x20;

    private final IntFunction<Relation> relations;
    private final ByteSink sink = new ByteSink();
    private final CRC32C check = new CRC32C();

    /** @param relations by number; null for one that does not exist */
    public BatchCodec(IntFunction<Relation> relations) {
        this.relations = relations;
    }

    public byte[] encode(Batch batch) {
        sink.clear();
        sink.skip(HEADER_BYTES);
        sink.text(batch.task());
        sink.number(batch.epoch());
        sink.number(batch.sequence());
        sink.text(batch.from().text());
        sink.position(batch.from().text(), batch.upTo().text());
        sink.number(batch.whole() ? 1 : 0);
        sink.number(batch.changes().size());
        Position position = batch.from();
        int relation = -1;
        for (Change change : batch.changes()) {
            switch (change) {
                case Change.Begin(String id, Position at, long committedAtMillis) -> {
                    boolean same = at.text().equals(position.text());
                    sink.octet(same ? BEGIN | SAME_POSITION : BEGIN);
                    sink.text(id);
                    if (!same) {
                        sink.position(position.text(), at.text());
                        position = at;
                    }
                    sink.number(committedAtMillis);
                }
                case Change.End(Position next) -> {
                    sink.octet(END);
                    sink.position(position.text(), next.text());
                    position = next;
                }
                case Change.Insert(Relation r, var after) -> {
                    relation = tag(INSERT, r, relation);
                    sink.row(after);
                }
                case Change.Update(Relation r, var before, var after) -> {
                    relation = tag(UPDATE, r, relation);
                    sink.row(before);
                    sink.row(after);
                }
                case Change.Delete(Relation r, var before) -> {
                    relation = tag(DELETE, r, relation);
                    sink.row(before);
                }
                case Change.Truncate(Relation r) -> relation = tag(TRUNCATE, r, relation);
                case Change.Ddl ddl -> ddl(ddl);
            }
        }
        return seal();
    }

    private void ddl(Change.Ddl ddl) {
        sink.octet(DDL);
        sink.text(ddl.database());
        sink.text(ddl.statement());
        sink.text(ddl.clock().offset());
        sink.number(ddl.clock().unixMicros());
        sink.number(ddl.touched().size());
        for (Change.Touched one : ddl.touched()) {
            sink.text(one.kind().key());
            sink.text(one.object().database());
            sink.text(one.object().name());
        }
        sink.number(ddl.told() ? 1 : 0);
        sink.number(ddl.tables().size());
        for (Change.Reshaped table : ddl.tables()) {
            sink.number(table.before().map(Relation::id).orElse(NO_RELATION));
            sink.number(table.after().map(Relation::id).orElse(NO_RELATION));
            sink.number(table.anew() ? 1 : 0);
            sink.number(table.kept().size());
            table.kept().forEach((after, before) -> {
                sink.text(after);
                sink.text(before);
            });
        }
        sink.number(ddl.objects().size());
        for (ObjectName object : ddl.objects()) {
            sink.text(object.kind().name());
            sink.text(object.id().database());
            sink.text(object.id().name());
        }
    }

    private int tag(int tag, Relation relation, int last) {
        if (relation.id() == last) {
            sink.octet(tag | SAME_RELATION);
        } else {
            sink.octet(tag);
            sink.number(relation.id());
        }
        return relation.id();
    }

    private byte[] seal() {
        byte[] frame = sink.take(CHECK_BYTES);
        int checked = frame.length - CHECK_BYTES;
        frame[0] = VERSION;
        putInt(frame, 1, checked - HEADER_BYTES);
        putInt(frame, checked, checksum(frame, checked));
        return frame;
    }

    /**
     * The rows lie in the frame, which the caller gives up.
     *
     * @throws DtsException QUEUE_DAMAGED for anything that {@link #encode} has not written
     */
    public Batch decode(byte[] frame) {
        return decode(frame, frame.length);
    }

    /** As {@link #decode(byte[])} of the array's first bytes. */
    public Batch decode(byte[] frame, int size) {
        int checked = size - CHECK_BYTES;
        if (checked < HEADER_BYTES || frame[0] != VERSION || getInt(frame, 1) != checked - HEADER_BYTES) {
            throw damaged("a frame of " + size + " bytes with no valid header", null);
        }
        if (getInt(frame, checked) != checksum(frame, checked)) {
            throw damaged("a frame of " + size + " bytes whose checksum is wrong", null);
        }
        return body(new ByteSource(frame, HEADER_BYTES, checked));
    }

    /** The body without its frame: what stands between a wrong byte and a wrong row once the checksum is right. */
    Batch body(ByteSource source) {
        try {
            String task = source.text();
            long epoch = source.number();
            long sequence = source.number();
            String from = source.text();
            String upTo = source.position(from);
            boolean whole = source.number() != 0;
            long count = count(source);
            List<Change> changes = changes(source, (int) count, new Position(from));
            if (source.remaining() != 0) {
                throw new IllegalArgumentException(source.remaining() + " bytes too many");
            }
            return new Batch(task, epoch, sequence, new Position(from), new Position(upTo), whole, changes);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw damaged(e.getMessage(), e);
        }
    }

    private List<Change> changes(ByteSource source, int count, Position from) {
        List<Change> changes = new ArrayList<>(count);
        Position position = from;
        Relation relation = null;
        for (int i = 0; i < count; i++) {
            int tag = source.octet();
            int kind = tag & TAG_MASK;
            if (kind >= INSERT && kind <= TRUNCATE && (tag & SAME_RELATION) == 0) {
                relation = relation(source.number());
            }
            switch (kind) {
                case BEGIN -> {
                    String id = source.text();
                    if ((tag & SAME_POSITION) == 0) {
                        position = new Position(source.position(position.text()));
                    }
                    changes.add(new Change.Begin(id, position, source.number()));
                }
                case END -> {
                    position = new Position(source.position(position.text()));
                    changes.add(new Change.End(position));
                }
                case INSERT -> changes.add(new Change.Insert(known(relation), source.row()));
                case UPDATE -> changes.add(new Change.Update(known(relation), source.row(), source.row()));
                case DELETE -> changes.add(new Change.Delete(known(relation), source.row()));
                case TRUNCATE -> changes.add(new Change.Truncate(known(relation)));
                case DDL -> changes.add(new Change.Ddl(source.text(), source.text(),
                        new Change.Clock(source.text(), source.number()), touched(source), source.number() != 0, reshaped(source),
                        objects(source)));
                default -> throw new IllegalArgumentException("no change has the tag " + tag);
            }
        }
        return changes;
    }

    private static List<Change.Touched> touched(ByteSource source) {
        List<Change.Touched> touched = new ArrayList<>();
        for (long left = count(source); left > 0; left--) {
            touched.add(new Change.Touched(DdlKind.of(source.text()), new TableId(source.text(), source.text())));
        }
        return touched;
    }

    private List<Change.Reshaped> reshaped(ByteSource source) {
        List<Change.Reshaped> tables = new ArrayList<>();
        for (long left = count(source); left > 0; left--) {
            Optional<Relation> before = perhaps(source.number());
            Optional<Relation> after = perhaps(source.number());
            boolean anew = source.number() != 0;
            Map<String, String> kept = new HashMap<>();
            for (long columns = count(source); columns > 0; columns--) {
                kept.put(source.text(), source.text());
            }
            tables.add(new Change.Reshaped(before, after, kept, anew));
        }
        return tables;
    }

    private static List<ObjectName> objects(ByteSource source) {
        List<ObjectName> objects = new ArrayList<>();
        for (long left = count(source); left > 0; left--) {
            objects.add(new ObjectName(SchemaObject.Kind.valueOf(source.text()), new TableId(source.text(), source.text())));
        }
        return objects;
    }

    private static long count(ByteSource source) {
        long count = source.number();
        if (count < 0 || count > source.remaining()) {
            throw new IllegalArgumentException(count + " parts in " + source.remaining() + " bytes");
        }
        return count;
    }

    private Optional<Relation> perhaps(long id) {
        return id == NO_RELATION ? Optional.empty() : Optional.of(relation(id));
    }

    private Relation relation(long id) {
        Relation relation = id < 0 || id > Integer.MAX_VALUE ? null : relations.apply((int) id);
        if (relation == null) {
            throw new IllegalArgumentException("no layout has the number " + id);
        }
        return relation;
    }

    private static Relation known(Relation relation) {
        if (relation == null) {
            throw new IllegalArgumentException("a change without a layout");
        }
        return relation;
    }

    private int checksum(byte[] frame, int length) {
        check.reset();
        check.update(frame, 0, length);
        return (int) check.getValue();
    }

    private static void putInt(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }

    private static int getInt(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | (bytes[at + 3] & 0xFF) << 24;
    }

    private static DtsException damaged(String what, Throwable cause) {
        return new DtsException(ErrorCode.QUEUE_DAMAGED, "the queue of changes holds " + what, EmbeddedChangeLog.DAMAGED_REMEDY, cause);
    }
}
