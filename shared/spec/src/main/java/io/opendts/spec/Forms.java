package io.opendts.spec;

import io.opendts.model.Endpoint.HostPort;
import io.opendts.spec.FieldType.Parsed;
import io.opendts.spec.FieldType.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The forms that texts of the task file have. */
final class Forms {

    static final int TEXT_CHARS_MAX = 64 * 1024;
    static final int TASK_NAME_CHARS_MAX = 64;
    /** MySQL's identifiers have 64 characters, PostgreSQL's 63 bytes; the target's own limit is the precheck's matter. */
    static final int NAME_CHARS_MAX = 64;

    private static final String DURATION = "[0-9]+(ms|s|m|h|d)|[Pp].+";
    private static final Pattern DURATION_PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.%a-z]*:[0-9A-Fa-f:.%a-z]*");
    private static final Pattern HOST_PORT = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+))(?::([0-9]{1,9}))?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    /** A port that the section's default fills in. */
    static final int PORT_UNSET = 0;

    static final Text SECRET = new Text("a text", "", true, Parsed.Good::new);
    static final Text ANY = plain("a text", "");
    static final Text FILE = plain("the path of a file", "");
    static final Text TASK_NAME = matching("letters, digits, - and _, at most " + TASK_NAME_CHARS_MAX,
            "[A-Za-z0-9_-]{1," + TASK_NAME_CHARS_MAX + "}");
    static final Text TAG = matching("letters, digits, dots, - and _", "[A-Za-z0-9._-]{1,64}");
    static final Text ITEM_ID = matching("the id of a precheck item, such as source.server-id", "[a-z0-9.-]{1,100}");
    static final Text COLLATION = matching("a collation such as utf8mb4_unicode_ci", "[A-Za-z0-9_]{1,64}");
    static final Text TIME = new Text("a duration such as 720m, 60s or PT12H", "^(" + DURATION + ")$", false, Forms::duration);
    static final Text PATTERN = new Text("a name, or a /regex/", "", false, Forms::pattern);
    static final Text NAME = new Text("a name of at most " + NAME_CHARS_MAX + " characters", "", false, Forms::name);
    static final Text START = new Text(StartAt.FORMS, "", false, Forms::start);
    static final Text HOST_NAME = new Text("a host name or an address", "", false, Forms::host);
    static final Text HOST_AND_PORT = new Text("host or host:port", "", false, Forms::hostPort);
    static final Text CONDITION = new Text("an SQL condition without WHERE", "", false, Forms::condition);
    static final Text URL = new Text("an http or https address", "^https?://", false, Forms::url);
    /** Addresses of web hooks carry tokens. */
    static final Text SECRET_URL = new Text("an http or https address", "^https?://", true, Forms::url);
    static final Text TOPIC = new Text("a topic's name, with {task}, {database} and {table} where wanted", "", false, Forms::topic);

    private Forms() {}

    private static Parsed bad(String why) {
        return new Parsed.Bad(SpecCode.BAD_VALUE, why);
    }

    private static Text plain(String expects, String pattern) {
        return new Text(expects, pattern, false, text -> {
            if (text.isBlank()) {
                return bad("is empty");
            }
            return text.length() > TEXT_CHARS_MAX ? bad("is longer than " + TEXT_CHARS_MAX + " characters") : new Parsed.Good(text);
        });
    }

    private static Text matching(String expects, String form) {
        Pattern pattern = Pattern.compile(form);
        return new Text(expects, "^" + form + "$", false,
                text -> pattern.matcher(text).matches() ? new Parsed.Good(text) : bad("has another form"));
    }

    private static Parsed duration(String text) {
        Matcher unit = DURATION_PATTERN.matcher(text);
        if (unit.matches()) {
            long count = Long.parseLong(unit.group(1));
            return new Parsed.Good(switch (unit.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            });
        }
        if (text.chars().allMatch(Character::isDigit)) {
            return bad("has no unit");
        }
        try {
            Duration iso = Duration.parse(text);
            return iso.isNegative() ? bad("is negative") : new Parsed.Good(iso);
        } catch (DateTimeParseException notIso) {
            return bad("is not a duration");
        }
    }

    private static Parsed pattern(String text) {
        if (text.startsWith("/") && (text.length() < 3 || !text.endsWith("/"))) {
            return new Parsed.Bad(SpecCode.BAD_EXPRESSION, "begins an expression that has no closing /");
        }
        try {
            return switch (NamePattern.of(text)) {
                case NamePattern.Exact exact -> switch (name(exact.text())) {
                    case Parsed.Good good -> new Parsed.Good(exact);
                    case Parsed.Bad bad -> bad;
                };
                case NamePattern.Expression expression -> new Parsed.Good(expression);
            };
        } catch (PatternSyntaxException wrong) {
            String at = wrong.getIndex() >= 0 ? " at character " + (wrong.getIndex() + 1) : "";
            return new Parsed.Bad(SpecCode.BAD_EXPRESSION, "is not a regular expression: " + wrong.getDescription() + at);
        }
    }

    private static Parsed name(String text) {
        if (text.isBlank()) {
            return bad("is empty");
        }
        if (text.codePointCount(0, text.length()) > NAME_CHARS_MAX) {
            return bad("has more than " + NAME_CHARS_MAX + " characters");
        }
        if (text.endsWith(" ")) {
            return bad("ends with a blank, which no name may");
        }
        return text.chars().anyMatch(Character::isISOControl) ? bad("has a control character in it") : new Parsed.Good(text);
    }

    private static Parsed start(String text) {
        Optional<StartAt> start = StartAt.parse(text);
        return start.isPresent() ? new Parsed.Good(start.get()) : bad("is none of the forms");
    }

    private static Parsed host(String text) {
        if (HOST.matcher(text).matches()) {
            return new Parsed.Good(text);
        }
        return text.indexOf('/') >= 0 ? bad("is not a host; a URL is not taken apart here") : bad("is not a host name");
    }

    private static Parsed hostPort(String text) {
        Matcher parts = HOST_PORT.matcher(text);
        if (!parts.matches()) {
            return bad("is not host:port; an IPv6 address goes into brackets");
        }
        String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
        int port = parts.group(3) == null ? PORT_UNSET : Integer.parseInt(parts.group(3));
        if (parts.group(3) != null && (port < 1 || port > 65_535)) {
            return bad("has a port that is not from 1 to 65535");
        }
        return HOST.matcher(host).matches() ? new Parsed.Good(new HostPort(host, port)) : bad("is not host:port");
    }

    private static Parsed condition(String text) {
        if (text.isBlank()) {
            return bad("is empty");
        }
        boolean where = text.strip().regionMatches(true, 0, "where", 0, 5) && text.strip().length() > 5
                && Character.isWhitespace(text.strip().charAt(5));
        return where ? bad("begins with WHERE") : new Parsed.Good(text.strip());
    }

    private static Parsed url(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null ? new Parsed.Good(text) : bad("is not an http or https address");
        } catch (URISyntaxException wrong) {
            return bad("is not an http or https address");
        }
    }

    private static Parsed topic(String text) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            switch (placeholder.group(1)) {
                case "task", "database", "table" -> { }
                default -> {
                    return bad("has the unknown placeholder " + placeholder.group());
                }
            }
        }
        boolean legal = placeholder.replaceAll("x").matches("[A-Za-z0-9._-]{1,249}");
        return legal ? new Parsed.Good(text) : bad("has characters that no topic may have");
    }
}
