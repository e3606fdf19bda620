package io.opendts.task;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Facts of several words as one text, and names of any length as the name of a fact. */
final class FactWords {

    private static final int NAME_BYTES = 16;

    private FactWords() {}

    /** Apart by spaces, each as in a URL. */
    static String joined(Stream<String> words) {
        return words.map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8)).collect(Collectors.joining(" "));
    }

    static List<String> split(String text) {
        return Stream.of(text.split(" ", -1)).map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8)).toList();
    }

    static String name(String... parts) {
        return hash(NAME_BYTES, parts);
    }

    static String digest(String... parts) {
        return hash(2 * NAME_BYTES, parts);
    }

    private static String hash(int bytes, String... parts) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
