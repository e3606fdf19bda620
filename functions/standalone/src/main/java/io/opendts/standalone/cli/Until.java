package io.opendts.standalone.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where {@code run} ends by itself. One choice so far; a name, so that others can follow. */
enum Until {
    CAUGHT_UP;

    static final class Converter implements ITypeConverter<Until> {
        @Override
        public Until convert(String text) {
            if (text.equals("caught-up")) {
                return CAUGHT_UP;
            }
            throw new TypeConversionException("expected caught-up, not '" + text + "'");
        }
    }
}
