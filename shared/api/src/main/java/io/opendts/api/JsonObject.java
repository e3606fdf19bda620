package io.opendts.api;

import java.util.List;

/** Writes one JSON object, keys in the order of the calls. Not for reading, and for one thread. */
public final class JsonObject {

    private final StringBuilder text = new StringBuilder(160).append('{');

    public JsonObject put(String key, String value) {
        key(key);
        quote(text, value);
        return this;
    }

    public JsonObject put(String key, long value) {
        key(key);
        text.append(value);
        return this;
    }

    public JsonObject put(String key, boolean value) {
        key(key);
        text.append(value);
        return this;
    }

    public JsonObject put(String key, JsonObject value) {
        key(key);
        text.append(value);
        return this;
    }

    public JsonObject put(String key, List<JsonObject> values) {
        key(key);
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",").append(values.get(i));
        }
        text.append(']');
        return this;
    }

    private void key(String key) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(text, key);
        text.append(':');
    }

    /** RFC 8259, section 7. A surrogate without its other half is escaped: it has no form in UTF-8. */
    private static void quote(StringBuilder to, String value) {
        to.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> to.append("\\\"");
                case '\\' -> to.append("\\\\");
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\t' -> to.append("\\t");
                case '\b' -> to.append("\\b");
                case '\f' -> to.append("\\f");
                default -> {
                    if (Character.isHighSurrogate(c) && i + 1 < value.length()
                            && Character.isLowSurrogate(value.charAt(i + 1))) {
                        to.append(c).append(value.charAt(++i));
                    } else if (c < 0x20 || c == 0x7F || Character.isSurrogate(c)) {
                        to.append("\\u").append(Character.forDigit(c >> 12, 16)).append(Character.forDigit(c >> 8 & 15, 16))
                                .append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
                    } else {
                        to.append(c);
                    }
                }
            }
        }
        to.append('"');
    }

    /** The object as written so far, closed. */
    @Override
    public String toString() {
        return text + "}";
    }
}
