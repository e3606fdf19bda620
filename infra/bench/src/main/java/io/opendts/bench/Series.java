package io.opendts.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** All rounds of one contestant. */
final class Series {

    private final Contestant contestant;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    Series(Contestant contestant) {
        this.contestant = contestant;
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    /** A round without a figure; the text is one paragraph. */
    void fail(String why) {
        failures.add(why.strip().replaceAll("\\s+", " "));
    }

    Contestant contestant() {
        return contestant;
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    boolean hasFigures() {
        return !samples.isEmpty();
    }

    Spread seconds() {
        return spread(Sample::seconds);
    }

    Spread spread(ToDoubleFunction<Sample> figure) {
        return Spread.of(samples.stream().map(figure::applyAsDouble).toList());
    }

    /** Medians of the named parts: {@code dump 1.2, load 9.8}. */
    String parts() {
        TreeSet<String> names = new TreeSet<>();
        samples.forEach(sample -> names.addAll(sample.parts().keySet()));
        return names.stream().map(name -> name + " " + String.format(Locale.ROOT, "%.2f", Spread.of(samples.stream()
                .filter(sample -> sample.parts().containsKey(name)).map(sample -> sample.parts().get(name)).toList()).median()))
                .collect(Collectors.joining(", "));
    }
}
