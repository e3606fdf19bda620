package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.Token;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A literal behind DEFAULT as the server prints it, by the column's type; what is none of these stays as it is written. Pure. */
final class DefaultLiteral {

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern BITS = Pattern.compile("(?:[xX]'([0-9a-fA-F]+)'|0x([0-9a-fA-F]+)|[bB]'([01]+)'|0b([01]+))");
    private static final Set<String> WHOLE = Set.of("tinyint", "smallint", "mediumint", "int", "bigint");

    private final ServerVersion server;

    DefaultLiteral(ServerVersion server) {
        this.server = server;
    }

    List<Token> of(List<Token> written, ColumnType type) {
        Optional<BigInteger> bits = bits(written);
        boolean bit = type.name().equals("bit");
        if (bits.isPresent() && !bit && !type.numeric()) {
            return ascii(bits.get()).map(text -> List.of(Token.string(text))).orElse(written);
        }
        String text = bits.map(BigInteger::toString).orElse(Token.text(written));
        if (NUMBER.matcher(text).matches()) {
            return List.of(bit ? Token.word("b'" + new BigDecimal(text).toBigInteger().toString(2) + "'") : number(text, type));
        }
        boolean quoted = written.size() == 1 && written.getFirst().kind() == Token.Kind.STRING
                && written.getFirst().value().matches("[-+]?[\\d.]+");
        return quoted && server.mariaDb() && type.numeric() ? List.of(Token.word(written.getFirst().value())) : written;
    }

    private Token number(String text, ColumnType type) {
        BigDecimal value = new BigDecimal(text);
        boolean zero = value.signum() == 0;
        return switch (type.name()) {
            case "timestamp", "datetime" -> Token.string(zero ? zeroText(type) : plain(value));
            case "date" -> Token.string(zero ? "0000-00-00" : text.replaceFirst("^(\\d{4})(\\d\\d)(\\d\\d)$", "$1-$2-$3"));
            case "time" -> Token.string(zero ? "00:00:00" : text.replaceFirst("^(\\d\\d)(\\d\\d)(\\d\\d)$", "$1:$2:$3"));
            case "year" -> {
                String year = year(value);
                yield server.mariaDb() ? Token.word(year) : Token.string(year);
            }
            default -> {
                String fitted = fitted(value, type);
                yield !server.mariaDb() || !type.numeric() ? Token.string(fitted) : Token.word(fitted);
            }
        };
    }

    private static String plain(BigDecimal value) {
        return value.toPlainString();
    }

    private static String year(BigDecimal value) {
        int year = value.intValue();
        return "%04d".formatted(year <= 0 || year > 99 ? year : year < 70 ? 2000 + year : 1900 + year);
    }

    /** Exact numbers are rounded to what the column holds. */
    private static String fitted(BigDecimal value, ColumnType type) {
        String plain = plain(value);
        if (WHOLE.contains(type.name())) {
            plain = plain(value.setScale(0, RoundingMode.HALF_UP));
        } else if (type.name().equals("decimal") && type.arguments().size() > 3) {
            plain = plain(value.setScale(Integer.parseInt(type.arguments().get(3).text()), RoundingMode.HALF_UP));
        }
        boolean filled = type.suffix().contains("zerofill") && type.arguments().size() > 1;
        int width = filled ? Integer.parseInt(type.arguments().get(1).text()) : 0;
        return "0".repeat(Math.max(0, width - plain.length())) + plain;
    }

    static String zero(ColumnType type) {
        return Token.string(zeroText(type)).text();
    }

    private static String zeroText(ColumnType type) {
        String digits = Token.text(type.arguments());
        String fraction = digits.isEmpty() ? "" : "." + "0".repeat(Integer.parseInt(digits.substring(1, digits.length() - 1)));
        return "0000-00-00 00:00:00" + fraction;
    }

    /** {@code x'4142'}, {@code 0x4142}, {@code b'101'}. */
    private static Optional<BigInteger> bits(List<Token> written) {
        Matcher matcher = BITS.matcher(Token.text(written));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String hex = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        String binary = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
        return Optional.of(hex == null ? new BigInteger(binary, 2) : new BigInteger(hex, 16));
    }

    /** Empty where they are not plain text. */
    private static Optional<String> ascii(BigInteger bits) {
        byte[] bytes = bits.toByteArray();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.chars().allMatch(c -> c >= ' ' && c <= '~') ? Optional.of(text) : Optional.empty();
    }
}
