package io.opendts.bench;

import java.time.ZonedDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The Markdown page of one run; the console shows its tables too. */
final class Page {

    private static final int FAILURE_CHARACTERS = 600;

    /** @param rows that each contestant moves */
    record Section(String title, String unit, long rows, List<Series> series) {

        Section {
            series = List.copyOf(series);
        }
    }

    private Page() {
    }

    static String head(BenchOptions options, Machine machine, String commit, String serverVersion, List<String> tools) {
        return """
                # %s: OpenDTS and its peers on %s

                %s%s

                | | |
                |---|---|
                | machine | %s |
                | servers | %s as source and target, on the same machine as all contestants |
                | server options, both | row log on, `%s`, buffer pool %d MiB, no TLS |
                | OpenDTS | commit %s |
                | tools | %s |
                | run | `./dts bench%s --rounds %d --rows %d --transactions %d --server %s --buffer-pool-mib %d` |

                Each round runs every contestant once, in the order of the table; before each its target is put back to the same data
                folder and the disk is synced. After each, row counts, `CHECKSUM TABLE ... EXTENDED` and definitions of
                all tables are compared with the source's: a contestant without equality has no figure.
                Times are wall seconds, median (min-max).
                """.formatted(
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").format(ZonedDateTime.now(ZoneOffset.UTC)), serverVersion,
                options.quick() ? "**A smoke test (`--quick`): the sizes are far too small for figures.** " : "",
                machine.isQuiet() ? "" : "**The machine was busy with other work: the figures show that it runs, not how fast.**",
                machine.text(), serverVersion, String.join(" ", Servers.arguments(options.server())), options.bufferPoolMiB(), commit,
                String.join("; ", tools), options.choices(), options.rounds(), options.rows(), options.transactions(),
                options.server().folderName(),
                options.bufferPoolMiB());
    }

    static String section(Section section) {
        Series ours = section.series().getFirst();
        StringBuilder page = new StringBuilder("\n## " + section.title() + "\n\n");
        page.append("| contestant | seconds | rows/s | OpenDTS's time / this | own CPU s | source CPU s | target CPU s | ")
                .append("peak RSS MiB | parts, s |\n")
                .append("|---|---|---|---|---|---|---|---|---|\n");
        for (Series series : section.series()) {
            page.append(row(section, series, ours));
        }
        page.append("\nHow:\n");
        section.series().forEach(series -> item(page, series, series.contestant().how()));
        page.append("\nRounds, seconds (").append(section.unit()).append("):\n");
        section.series().stream().filter(Series::hasFigures).forEach(series -> item(page, series,
                series.samples().stream().map(sample -> number(sample.seconds(), 2)).collect(Collectors.joining(", "))));
        if (section.series().stream().anyMatch(series -> !series.failures().isEmpty())) {
            page.append("\nWithout a figure:\n");
            section.series().forEach(series -> series.failures()
                    .forEach(why -> item(page, series, why.substring(0, Math.min(why.length(), FAILURE_CHARACTERS)))));
        }
        return page.toString();
    }

    /** The cluster's rate beside that of one process. @param idleCores what the cluster takes from all others by being there */
    static String ratio(Series embedded, Series cluster, double wanted, double idleCores) {
        if (!embedded.hasFigures() || !cluster.hasFigures()) {
            return "\nCluster : embedded: no figure.\n";
        }
        return String.format(Locale.ROOT, "%nCluster : embedded, rates of the medians: **%.2f** (wanted: at least %.2f). The cluster, up "
                + "during all rounds, takes %.2f cores while it has nothing to do.%n",
                embedded.seconds().median() / cluster.seconds().median(), wanted, idleCores);
    }

    private static void item(StringBuilder page, Series series, String text) {
        page.append("- ").append(series.contestant().name()).append(": ").append(text).append('\n');
    }

    private static String row(Section section, Series series, Series ours) {
        String name = series.contestant().name();
        if (!series.hasFigures()) {
            return "| " + name + " | no figure, see below | | | | | | | |\n";
        }
        Spread seconds = series.seconds();
        String ratio = series == ours || !ours.hasFigures() ? "" : number(ours.seconds().median() / seconds.median(), 2);
        double ownCpu = series.spread(Sample::ownCpuSeconds).median();
        double peakMib = series.spread(sample -> sample.peakRssKib() / 1024.0).max();
        return "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n".formatted(name, seconds.text(2),
                number(section.rows() / seconds.median(), 0), ratio,
                ownCpu == 0 ? "" : number(ownCpu, 1), number(series.spread(Sample::sourceCpuSeconds).median(), 1),
                number(series.spread(Sample::targetCpuSeconds).median(), 1), peakMib == 0 ? "" : number(peakMib, 0), series.parts());
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
