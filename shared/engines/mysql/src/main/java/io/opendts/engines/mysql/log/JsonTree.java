package io.opendts.engines.mysql.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A document that can be changed. Leaves stay in their binary form. */
sealed interface JsonTree {

    /** The server keeps members by length of the name, then by its bytes. */
    Comparator<byte[]> MEMBER_ORDER = Comparator.<byte[]>comparingInt(k -> k.length).thenComparing(Arrays::compareUnsigned);

    record Members(TreeMap<byte[], JsonTree> members) implements JsonTree {}

    record Cells(ArrayList<JsonTree> cells) implements JsonTree {}

    /** @param from behind the type byte */
    record Leaf(int type, byte[] bytes, int from, int to) implements JsonTree {}

    static JsonTree read(byte[] b, int from, int to) {
        return from == to ? new Leaf(4, new byte[] {0}, 0, 1) : read(b[from] & 0xFF, b, from + 1, to);
    }

    private static JsonTree read(int type, byte[] b, int from, int to) {
        boolean large = type == JsonText.LARGE_OBJECT || type == JsonText.LARGE_ARRAY;
        int width = large ? 4 : 2;
        if (type > JsonText.LARGE_ARRAY) {
            return new Leaf(type, b, from, to);
        }
        int count = JsonText.count(b, from, to, width);
        int keys = from + 2 * width;
        if (type == JsonText.SMALL_ARRAY || type == JsonText.LARGE_ARRAY) {
            ArrayList<JsonTree> cells = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                cells.add(entry(large, b, from, keys + i * (width + 1), to));
            }
            return new Cells(cells);
        }
        TreeMap<byte[], JsonTree> members = new TreeMap<>(MEMBER_ORDER);
        int values = keys + count * (width + 2);
        for (int i = 0; i < count; i++) {
            int key = keys + i * (width + 2);
            int keyAt = from + (int) JsonText.number(b, key, width);
            members.put(Arrays.copyOfRange(b, keyAt, keyAt + (int) JsonText.number(b, key + width, 2)),
                    entry(large, b, from, values + i * (width + 1), to));
        }
        return new Members(members);
    }

    private static JsonTree entry(boolean large, byte[] b, int container, int entry, int to) {
        int type = b[entry] & 0xFF;
        return JsonText.inlined(type, large) ? new Leaf(type, b, entry + 1, to)
                : read(type, b, container + (int) JsonText.number(b, entry + 1, large ? 4 : 2), to);
    }

    /** A cell 0 of something that is no array is the thing itself. */
    default JsonTree child(JsonPath.Step step) {
        JsonTree found = switch (this) {
            case Members(var members) when step.name() != null -> members.get(key(step));
            case Cells(var cells) when step.name() == null && step.cell() < cells.size() -> cells.get(step.cell());
            case Members _, Leaf _ when step.name() == null && step.cell() == 0 -> this;
            case Members _, Cells _, Leaf _ -> null;
        };
        if (found == null) {
            throw new IllegalArgumentException("nothing there");
        }
        return found;
    }

    default void replace(JsonPath.Step step, JsonTree value) {
        child(step);
        switch (this) {
            case Members(var members) -> members.put(key(step), value);
            case Cells(var cells) -> cells.set(step.cell(), value);
            case Leaf _ -> throw new IllegalArgumentException("a scalar has no parts");
        }
    }

    /** A cell behind the end is appended. */
    default void insert(JsonPath.Step step, JsonTree value) {
        switch (this) {
            case Members(var members) -> members.put(key(step), value);
            case Cells(var cells) -> cells.add(Math.min(step.cell(), cells.size()), value);
            case Leaf _ -> throw new IllegalArgumentException("a scalar has no parts");
        }
    }

    default void remove(JsonPath.Step step) {
        child(step);
        switch (this) {
            case Members(var members) -> members.remove(key(step));
            case Cells(var cells) -> cells.remove(step.cell());
            case Leaf _ -> throw new IllegalArgumentException("a scalar has no parts");
        }
    }

    private static byte[] key(JsonPath.Step step) {
        if (step.name() == null) {
            throw new IllegalArgumentException("a cell of an object");
        }
        return step.name().getBytes(StandardCharsets.UTF_8);
    }

    default Text print(JsonText text) {
        Text out = text.begin();
        print(this, text, out);
        return out;
    }

    private static void print(JsonTree tree, JsonText text, Text out) {
        switch (tree) {
            case Leaf(int type, byte[] bytes, int from, int to) -> text.add(type, bytes, from, to);
            case Cells(List<JsonTree> cells) -> {
                out.put('[');
                for (int i = 0; i < cells.size(); i++) {
                    out.put(i == 0 ? "" : ", ");
                    print(cells.get(i), text, out);
                }
                out.put(']');
            }
            case Members(Map<byte[], JsonTree> members) -> {
                out.put('{');
                boolean first = true;
                for (Map.Entry<byte[], JsonTree> e : members.entrySet()) {
                    out.put(first ? "" : ", ");
                    first = false;
                    text.addString(e.getKey(), 0, e.getKey().length);
                    out.put(": ");
                    print(e.getValue(), text, out);
                }
                out.put('}');
            }
        }
    }
}
