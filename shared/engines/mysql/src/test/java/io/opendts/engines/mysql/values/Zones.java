package io.opendts.engines.mysql.values;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Time zones with summer time for a server whose own tables of them are empty, from the JDK's rules. */
final class Zones {

    /** Half an hour of summer time; south of the equator; the usual. */
    static final List<String> NAMES = List.of("Australia/Lord_Howe", "America/Sao_Paulo", "Europe/Berlin");

    private static final int FIRST_ID = 9_000;
    private static final Instant END = Instant.ofEpochSecond(Integer.MAX_VALUE);

    private Zones() {
    }

    /** Statements; may be run again. */
    static List<String> statements() {
        List<String> sql = new ArrayList<>();
        for (String table : List.of("time_zone", "time_zone_name", "time_zone_transition", "time_zone_transition_type")) {
            sql.add("DELETE FROM mysql." + table + " WHERE Time_zone_id>=" + FIRST_ID);
        }
        for (int i = 0; i < NAMES.size(); i++) {
            int id = FIRST_ID + i;
            sql.add("INSERT INTO mysql.time_zone(Time_zone_id,Use_leap_seconds) VALUES (" + id + ",'N')");
            sql.add("INSERT INTO mysql.time_zone_name(Name,Time_zone_id) VALUES ('" + NAMES.get(i) + "'," + id + ")");
            zone(sql, id, ZoneId.of(NAMES.get(i)).getRules());
        }
        return sql;
    }

    private static void zone(List<String> sql, int id, ZoneRules rules) {
        Map<ZoneOffset, Integer> types = new LinkedHashMap<>();
        types.put(rules.getOffset(Instant.EPOCH), 0);
        List<String> transitions = new ArrayList<>();
        for (ZoneOffsetTransition next = rules.nextTransition(Instant.EPOCH); next != null && next.getInstant().isBefore(END);
                next = rules.nextTransition(next.getInstant())) {
            types.putIfAbsent(next.getOffsetAfter(), types.size());
            transitions.add("(" + id + "," + next.toEpochSecond() + "," + types.get(next.getOffsetAfter()) + ")");
        }
        types.forEach((offset, type) -> sql.add("INSERT INTO mysql.time_zone_transition_type VALUES (" + id + "," + type + ","
                + offset.getTotalSeconds() + ",0,'Z" + type + "')"));
        sql.add("INSERT INTO mysql.time_zone_transition VALUES " + String.join(",", transitions));
    }
}
