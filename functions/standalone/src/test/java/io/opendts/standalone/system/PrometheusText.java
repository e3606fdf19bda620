package io.opendts.standalone.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What /q/metrics answers. */
record PrometheusText(List<Series> series) {

    private static final Pattern LINE = Pattern.compile("([a-z0-9_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    record Series(String name, Map<String, String> labels, double value) {}

    static PrometheusText of(String text) {
        List<Series> all = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                Map<String, String> labels = new HashMap<>();
                Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
                while (label.find()) {
                    labels.put(label.group(1), label.group(2));
                }
                all.add(new Series(matcher.group(1), labels, Double.parseDouble(matcher.group(3))));
            }
        }
        return new PrometheusText(all);
    }

    List<Series> of(String name, String... labels) {
        return series.stream().filter(one -> one.name().equals(name)).filter(one -> {
            for (int i = 0; i < labels.length; i += 2) {
                if (!labels[i + 1].equals(one.labels().get(labels[i]))) {
                    return false;
                }
            }
            return true;
        }).toList();
    }

    /** The one there is; -1 when there is none. */
    double value(String name, String... labels) {
        return of(name, labels).stream().findFirst().map(Series::value).orElse(-1.0);
    }
}
