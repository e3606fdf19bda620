package io.opendts.engines.mysql.values;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every character set of the servers, each with all bytes or all characters that it can hold. */
final class CharsetCases {

    private static final String LENIENT = "sql_mode=''";

    /** Two letters of the script that the set was made for. */
    private static final Map<String, String> SINGLE_BYTE = new LinkedHashMap<>();

    static {
        for (String set : List.of("latin1 \u00e4\u00df", "dec8 \u00e4\u00df", "hp8 \u00e4\u00df", "swe7 \u00e4\u00e5", "cp850 \u00e9\u00df",
                "macroman \u00e9\u00df", "latin2 \u0142\u010d", "cp1250 \u0142\u010d", "cp852 \u0142\u010d", "macce \u0142\u010d",
                "keybcs2 \u010d\u017e",
                "latin5 \u011f\u015f", "latin7 \u017e\u0161", "cp1257 \u017e\u0161", "koi8r \u0436\u044f", "koi8u \u0436\u0457",
                "cp1251 \u0436\u044f",
                "cp866 \u0436\u044f", "greek \u03b1\u03c9", "hebrew \u05d0\u05ea", "cp1256 \u0639\u0643", "tis620 \u0e01\u0e02",
                "armscii8 \u0531\u0532",
                "geostd8 \u10d0\u10d1", "ascii xy")) {
            SINGLE_BYTE.put(set.split(" ")[0], set.split(" ")[1]);
        }
    }

    private static final Map<String, String> MULTI_BYTE = new TreeMap<>(Map.of("big5", "\u529f\u4e2d", "gbk", "\u4e2d\u4e57",
            "gb2312", "\u4e2d\u6587",
            "gb18030", "\u4e2d\u3400", "sjis", "\u8868\u30bd", "cp932", "\u8868\u30bd", "ujis", "\u8868\u30bd", "eucjpms",
            "\u8868\u30bd", "euckr",
            "\ud55c\uae00"));

    private static final List<String> UNICODE = List.of("utf8mb3", "utf8mb4", "ucs2", "utf16", "utf16le", "utf32");
    private static final Set<String> WIDE = Set.of("ucs2", "utf16", "utf16le", "utf32");
    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    private CharsetCases() {
    }

    static List<String> names() {
        List<String> names = new ArrayList<>(SINGLE_BYTE.keySet());
        names.addAll(MULTI_BYTE.keySet());
        names.addAll(UNICODE);
        names.add("binary");
        return names;
    }

    static List<ValueCase> all() {
        List<ValueCase> cases = new ArrayList<>();
        SINGLE_BYTE.forEach((name, letters) -> {
            List<String> bytes = IntStream.range(0, name.equals("ascii") ? 8 : 16).mapToObj(high -> "x'" + IntStream.range(0, 16)
                    .mapToObj(low -> "%x%x".formatted(high, low)).collect(Collectors.joining()) + "'").toList();
            add(cases, name, letters, bytes);
        });
        MULTI_BYTE.forEach((name, letters) -> add(cases, name, letters, blocks(name)));
        UNICODE.forEach(name -> add(cases, name, "\u0436\u4e2d", blocks(name)));
        return cases;
    }

    private static void add(List<ValueCase> cases, String name, String letters, List<String> values) {
        String type = "character set " + name;
        Servers servers = name.equals("gb18030") ? Servers.MYSQL : Servers.ALL;
        String charset = " CHARACTER SET " + (name.equals("utf8mb3") ? "utf8" : name);
        String one = letters.substring(0, 1);
        String other = letters.substring(1);
        List<String> few = List.of("''", "'a'", "'a '", "'" + letters + "'", "'" + other + " x'", values.get(values.size() / 2), "'~\\\\'");
        cases.add(ValueCase.of(type, "VARCHAR(256)" + charset, values).from(servers).to(servers).with(LENIENT));
        cases.add(ValueCase.of(type, "CHAR(10)" + charset, few).from(servers).to(servers).with(LENIENT).keyed());
        cases.add(ValueCase.of(type, "TEXT" + charset, few).from(servers).to(servers).with(LENIENT));
        // MySQL 5.7 itself mixes up the labels of wide sets with those of other columns of a table
        String labels = WIDE.contains(name) ? LENIENT + ",@wide='" + name + "'" : LENIENT;
        cases.add(ValueCase.of(type, "ENUM('a','" + one + "','" + letters + "','~')" + charset, "'a'", "'" + one + "'", "'" + letters + "'",
                "4", "'wrong'").from(servers).to(servers).with(labels));
        cases.add(ValueCase.of(type, "SET('a','" + one + "','" + other + "')" + charset, "''", "'a'", "3", "7", "'" + other + "'")
                .from(servers).to(servers).with(labels));
    }

    /** 128 characters a value: scripts, signs and the ends of the planes; a character that the set lacks becomes a question mark. */
    private static List<String> blocks(String name) {
        boolean wide = UNICODE.contains(name);
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start < 0x10000; start += 128) {
            boolean surrogates = start >= 0xD800 && start < 0xE000;
            boolean sparse = start >= 0x3400 && start < 0x4E00 || start >= 0xA000 && start < 0xF900;
            if (!surrogates && (!sparse && !wide || start % (wide ? 4096 : 2048) == 0 || start < 0x800)) {
                starts.add(start);
            }
        }
        starts.addAll(List.of(0xFF80, 0x10000, 0x1F600, 0x20000, 0x10FF80));
        return starts.stream().map(start -> {
            String text = IntStream.range(start, start + 128).mapToObj(Character::toString).collect(Collectors.joining());
            return "CONVERT(_utf32 x'" + HexFormat.of().formatHex(text.getBytes(UTF_32)) + "' USING "
                    + (name.equals("utf8mb3") ? "utf8" : name) + ")";
        }).toList();
    }
}
