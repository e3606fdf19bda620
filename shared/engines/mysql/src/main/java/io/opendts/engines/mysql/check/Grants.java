package io.opendts.engines.mysql.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an account may do, read from the lines of SHOW GRANTS (privileges of active roles are among them). Only global and
 * database grants are understood; a grant on a single table or column counts for nothing, which errs on the safe side.
 * Privileges that were partly revoked (MySQL 8 partial_revokes) are taken away again.
 */
final class Grants {

    private static final Pattern LINE = Pattern.compile("^(GRANT|REVOKE) (.+?) ON "
            + "(\\*\\.\\*|(?:`(?:[^`]|``)*`|[^` .]+)\\.\\*) (?:TO|FROM) .*");

    private record Grant(Set<String> privileges, Pattern database, boolean revoked) {}

    private final List<Grant> grants = new ArrayList<>();

    Grants(List<String> lines) {
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                grants.add(new Grant(privileges(matcher.group(2)), database(matcher.group(3)), matcher.group(1).equals("REVOKE")));
            }
        }
    }

    boolean global(String privilege) {
        return grants.stream().anyMatch(g -> !g.revoked() && g.database() == null && covers(g, privilege));
    }

    boolean on(String database, String privilege) {
        boolean revoked = grants.stream().anyMatch(g -> g.revoked() && matches(g, database) && covers(g, privilege));
        return !revoked && grants.stream().anyMatch(g -> !g.revoked() && matches(g, database) && covers(g, privilege));
    }

    /** Those that are missing, in the order given. */
    List<String> missingOn(String database, List<String> privileges) {
        return privileges.stream().filter(p -> !on(database, p)).toList();
    }

    private static boolean matches(Grant grant, String database) {
        return grant.database() == null || grant.database().matcher(database).matches();
    }

    private static boolean covers(Grant grant, String privilege) {
        return grant.privileges().contains("ALL PRIVILEGES") || grant.privileges().contains(privilege);
    }

    private static Set<String> privileges(String list) {
        Set<String> result = new HashSet<>();
        for (String privilege : list.split(",")) {
            String name = privilege.trim().toUpperCase(Locale.ROOT);
            if (!name.contains("(")) {
                result.add(name);
            }
        }
        return result;
    }

    /** Null for all databases; else the pattern of the grant, where {@code %} and {@code _} are wildcards unless escaped. */
    private static Pattern database(String object) {
        if (object.equals("*.*")) {
            return null;
        }
        String name = object.substring(0, object.length() - 2);
        if (name.startsWith("`")) {
            name = name.substring(1, name.length() - 1).replace("``", "`");
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' && i + 1 < name.length()) {
                regex.append(Pattern.quote(String.valueOf(name.charAt(++i))));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
