package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.wire.*;
import io.opendts.model.*;
import java.util.*;
import java.nio.charset.StandardCharsets;

public final class ScratchMain {
    public static void main(String[] a) throws Exception {
        for (String port : a) {
            try { run(Integer.parseInt(port)); } catch (Throwable t) { System.out.println(port + " FAILED " + t); t.printStackTrace(System.out); if (t instanceof DtsException d) System.out.println(d.code() + " " + d.remedy()); }
        }
    }
    static void run(int port) throws Exception {
        ConnectSettings s = ConnectSettings.of("127.0.0.1", port, "root", new Secret(""));
        try (MySqlConnection c = MySqlConnection.open(s); MySqlConnection cat = MySqlConnection.open(s)) {
            System.out.println("== " + c.serverVersion() + " maria=" + c.mariaDb());
            String[] v = c.serverVersion().replaceFirst("^5\\.5\\.5-", "").split("[.-]");
            String db = "lr_test";
            c.execute("SET SESSION sql_mode='ALLOW_INVALID_DATES'");
            c.execute("SET NAMES utf8mb4"); c.execute("SET character_set_results=NULL"); c.execute("SET time_zone='+00:00'");
            c.execute("DROP DATABASE IF EXISTS " + db); c.execute("CREATE DATABASE " + db + " CHARSET utf8mb4");
            QueryResult p = c.query(Integer.parseInt(v[0]) == 9 ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS");
            String gt = c.mariaDb() ? c.query("SELECT @@gtid_binlog_pos").text(0, 0) : p.text(0, 4);
            MySqlPosition pos = MySqlPosition.of(p.text(0, 0), Long.parseLong(p.text(0, 1)), gt);
            System.out.println(pos);
            List<AllTypes.Sample> samples = new ArrayList<>(AllTypes.samples(c.mariaDb(), Integer.parseInt(v[0]), Integer.parseInt(v[1])));
            List<AllTypes.Sample> used = new ArrayList<>();
            for (AllTypes.Sample x : samples) { // skip what the server refuses
                try { c.execute("CREATE TABLE " + db + ".probe (id int primary key, v " + x.definition() + ")"); c.execute("DROP TABLE " + db + ".probe"); used.add(x); }
                catch (MySqlServerError e) { System.out.println("  refused " + x.definition() + ": " + e.serverMessage()); }
            }
            StringBuilder ddl = new StringBuilder("CREATE TABLE " + db + ".t (id int primary key");
            for (int i = 0; i < used.size(); i++) ddl.append(", c").append(i).append(' ').append(used.get(i).definition());
            c.execute(ddl + ") CHARSET utf8mb4");
            int rows = used.stream().mapToInt(x -> x.values().size()).max().orElse(0);
            for (int r = 0; r < rows; r++) {
                StringBuilder q = new StringBuilder("INSERT INTO " + db + ".t VALUES (" + r);
                for (AllTypes.Sample x : used) q.append(", ").append(r < x.values().size() ? x.values().get(r) : "NULL");
                try { c.execute(q + ")"); } catch (MySqlServerError e) {
                    System.out.println("  row " + r + " refused: " + e.serverMessage());
                    for (int i = 0; i < used.size(); i++) if (r < used.get(i).values().size()) try {
                        c.execute("INSERT INTO " + db + ".t (id, c" + i + ") VALUES (" + (1000 + r * 100 + i) + "," + used.get(i).values().get(r) + ")"); }
                        catch (MySqlServerError e2) { System.out.println("    " + used.get(i).definition() + " " + used.get(i).values().get(r).substring(0, Math.min(60, used.get(i).values().get(r).length())) + ": " + e2.serverMessage()); }
                }
            }
            StringBuilder sel = new StringBuilder("SELECT id");
            for (int i = 0; i < used.size(); i++) { String d = used.get(i).definition(); boolean f = d.equals("float") || d.equals("double"); sel.append(", c").append(i).append(f ? "+0e0" : ""); }
            QueryResult expected = c.query(sel + " FROM " + db + ".t ORDER BY id");
            c.execute("UPDATE " + db + ".t SET id=id+100000"); c.execute("DELETE FROM " + db + ".t");
            c.execute("CREATE TABLE " + db + ".done (i int primary key)"); 
            LiveCatalog live = new LiveCatalog(cat, db);
            int bad = 0, ins = 0, upd = 0, del = 0; Map<Integer, byte[][]> byId = new HashMap<>();
            for (byte[][] r : expected.rows()) byId.put(Integer.parseInt(new String(r[0])), r);
            List<Position> starts = gt.isEmpty() ? List.of(pos.position()) : List.of(pos.position(), new MySqlPosition(pos.file(), pos.offset(), GtidSet.NONE).position());
            for (Position st : starts) {
            ins = 0; upd = 0; del = 0; bad = 0;
            try (MySqlLogReader reader = MySqlLogReader.open(s, st, live)) {
                long end = System.nanoTime() + 20_000_000_000L; boolean done = false; int empties = 0;
                while (!done && System.nanoTime() < end) {
                    Optional<Change> o = reader.next();
                    if (o.isEmpty()) { empties++; continue; }
                    switch (o.get()) {
                        case Change.Begin b -> { MySqlPosition.parse(b.at()); }
                        case Change.End e -> { if (!MySqlPosition.parse(e.position()).toString().equals(e.position().text())) throw new AssertionError(e); }
                        case Change.Insert i -> { ins++; bad += compare(i.after(), byId, used); }
                        case Change.Update u -> { upd++; if (upd == 1) bad += 0; bad += compare(u.before(), byId, used); }
                        case Change.Delete d -> { del++; }
                        case Change.Truncate t -> { }
                        case Change.Ddl d -> { if (d.statement().contains("done")) done = true; }
                    }
                }
                System.out.println("  done=" + done + " ins=" + ins + " upd=" + upd + " del=" + del + " bad=" + bad + " bytes=" + reader.bytesRead() + " empties=" + empties + " expectedRows=" + expected.size() + " pos=" + reader.position());
            } }
        }
    }
    static int compare(Row row, Map<Integer, byte[][]> byId, List<AllTypes.Sample> used) {
        RowReader rr = new RowReader(); rr.reset(row); rr.next();
        int id = Integer.parseInt(new String(rr.buffer(), rr.offset(), rr.length()));
        byte[][] want = byId.get(id); int bad = 0;
        for (int i = 0; i < used.size(); i++) {
            byte[] got = rr.next() ? Arrays.copyOfRange(rr.buffer(), rr.offset(), rr.offset() + rr.length()) : null;
            byte[] w = want[i + 1]; String d = used.get(i).definition();
            if (w != null && d.equals("float")) w = Float.toString((float) Double.parseDouble(new String(w))).getBytes();
            if (w != null && d.equals("double")) w = Double.toString(Double.parseDouble(new String(w))).getBytes();
            if (!Arrays.equals(got, w)) { bad++; System.out.println("  DIFF " + d + " id=" + id + " want=" + show(w) + " got=" + show(got)); }
        }
        return bad;
    }
    static String show(byte[] b) { if (b == null) return "NULL"; String s = new String(b, StandardCharsets.ISO_8859_1); return (s.chars().allMatch(c -> c >= 32 && c < 127) ? s : HexFormat.of().formatHex(b)).transform(x -> x.length() > 300 ? x.substring(0, 300) + "..." : x); }
}
