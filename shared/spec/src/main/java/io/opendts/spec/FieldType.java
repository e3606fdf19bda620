package io.opendts.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** What the value of a key may be. */
sealed interface FieldType {

    /** What came of a scalar's text. */
    sealed interface Parsed {
        record Good(Object value) implements Parsed {}

        /** `why` goes on after the name of the value: "is not a time". */
        record Bad(SpecCode kind, String why) implements Parsed {}
    }

    /** One text in the file. */
    sealed interface Scalar extends FieldType {
        /** Ends the sentence "it must be ...". */
        String expects();

        Parsed parse(String text);
    }

    /** @param pattern for the JSON Schema; empty where the form has none */
    record Text(String expects, String pattern, boolean secret, Function<String, Parsed> reader) implements Scalar {
        @Override
        public Parsed parse(String text) {
            return reader.apply(text);
        }
    }

    record Choice(List<? extends Keyed> values) implements Scalar {
        static Choice of(Keyed... values) {
            return new Choice(Arrays.asList(values));
        }

        static Choice of(Collection<? extends Keyed> values) {
            return new Choice(new ArrayList<>(values));
        }

        List<String> keys() {
            List<String> keys = new ArrayList<>(values.size());
            for (Keyed value : values) {
                keys.add(value.key());
            }
            return keys;
        }

        @Override
        public String expects() {
            return "one of " + String.join(", ", keys());
        }

        @Override
        public Parsed parse(String text) {
            for (Keyed value : values) {
                if (value.key().equals(text)) {
                    return new Parsed.Good(value);
                }
            }
            return Nearest.of(text, keys())
                    .<Parsed>map(near -> new Parsed.Bad(SpecCode.BAD_VALUE, "is not known; did you mean " + near + "?"))
                    .orElse(new Parsed.Bad(SpecCode.BAD_VALUE, "is not known"));
        }
    }

    record Flag() implements Scalar {
        @Override
        public String expects() {
            return "true or false";
        }

        @Override
        public Parsed parse(String text) {
            return switch (text) {
                case "true", "True", "TRUE" -> new Parsed.Good(Boolean.TRUE);
                case "false", "False", "FALSE" -> new Parsed.Good(Boolean.FALSE);
                default -> new Parsed.Bad(SpecCode.BAD_VALUE, "is neither true nor false");
            };
        }
    }

    record Whole(long min, long max) implements Scalar {
        @Override
        public String expects() {
            return max == Long.MAX_VALUE ? "a whole number from " + min : "a whole number from " + min + " to " + max;
        }

        @Override
        public Parsed parse(String text) {
            try {
                long value = Long.parseLong(text.replace("_", ""));
                return value < min || value > max
                        ? new Parsed.Bad(SpecCode.BAD_VALUE, "is out of range") : new Parsed.Good(value);
            } catch (NumberFormatException notANumber) {
                return new Parsed.Bad(SpecCode.BAD_VALUE, "is not a whole number");
            }
        }
    }

    /** A number above nothing, fractions allowed. */
    record Positive() implements Scalar {
        @Override
        public String expects() {
            return "a number above 0";
        }

        @Override
        public Parsed parse(String text) {
            try {
                BigDecimal value = text.length() > 30 ? BigDecimal.ZERO : new BigDecimal(text.replace("_", ""));
                return value.signum() > 0 && value.precision() - value.scale() <= 18
                        ? new Parsed.Good(value) : new Parsed.Bad(SpecCode.BAD_VALUE, "is out of range");
            } catch (NumberFormatException notANumber) {
                return new Parsed.Bad(SpecCode.BAD_VALUE, "is not a number");
            }
        }
    }

    /** `auto`, or a number of workers: an `OptionalInt`, empty for auto. */
    record AutoOrWhole(int max) implements Scalar {
        @Override
        public String expects() {
            return "auto or a whole number from 1 to " + max;
        }

        @Override
        public Parsed parse(String text) {
            if (text.equals("auto")) {
                return new Parsed.Good(OptionalInt.empty());
            }
            return switch (new Whole(1, max).parse(text)) {
                case Parsed.Good(Object value) -> new Parsed.Good(OptionalInt.of(((Long) value).intValue()));
                case Parsed.Bad bad -> bad;
            };
        }
    }

    /** @param nonEmpty whether the empty list is a mistake; members are always different from each other */
    record ListOf(FieldType element, boolean nonEmpty) implements FieldType {}

    /** One of a few words, or a list. */
    record ChoiceOrList(Choice choice, ListOf list) implements FieldType {}

    /** One word, or a mapping. */
    record ChoiceOrMap(Choice choice, TextMap map) implements FieldType {}

    record Nested(Section section) implements FieldType {}

    /** Free keys with texts. */
    record TextMap(Scalar key, Scalar value) implements FieldType {}
}
