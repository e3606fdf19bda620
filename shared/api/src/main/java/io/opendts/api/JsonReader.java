package io.opendts.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON into maps, lists, texts, whole numbers (Long), other numbers (Double), booleans and null, without anything that has to be
 * loaded by reflection: commands that only ask a server start as fast as those that only look into a folder.
 */
public final class JsonReader {

    private static final int NESTING_MAX = 24;
    private static final int TEXT_CHARS_MAX = 4 * 1024 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).maxStringLength(TEXT_CHARS_MAX).build())
            .build();

    private JsonReader() {}

    /** Empty where the text is no JSON object, and one only. */
    public static Optional<Map<String, Object>> object(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> object = object(parser);
            return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException("a text in memory cannot fail to be read", impossible);
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            object.put(key, value(parser));
        }
        return object;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? (Object) parser.getDoubleValue() : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case FIELD_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    /** The text of a key; empty when it has none. */
    public static String text(Map<String, Object> object, String key) {
        return object.get(key) instanceof String text ? text : "";
    }

    public static long number(Map<String, Object> object, String key, long otherwise) {
        return object.get(key) instanceof Long number ? number : otherwise;
    }

    public static boolean flag(Map<String, Object> object, String key) {
        return object.get(key) instanceof Boolean flag && flag;
    }

    /** The objects in a list, or the one object; other values are passed over. */
    public static List<Map<String, Object>> objects(Map<String, Object> object, String key) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Object one : object.get(key) instanceof List<?> list ? list : listOf(object.get(key))) {
            if (one instanceof Map<?, ?> map) {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((name, value) -> copy.put((String) name, value));
                found.add(copy);
            }
        }
        return found;
    }

    private static List<Object> listOf(Object value) {
        return value == null ? List.of() : List.of(value);
    }
}
