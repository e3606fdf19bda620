package io.opendts.standalone.cli;

import java.net.URI;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The address of a server, as in http://127.0.0.1:8080. */
final class ServerUrl implements ITypeConverter<URI> {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Override
    public URI convert(String text) {
        try {
            URI address = URI.create(text.strip());
            if (address.getScheme() != null && SCHEMES.contains(address.getScheme()) && address.getHost() != null
                    && address.getQuery() == null && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            throw expected(text);
        }
        throw expected(text);
    }

    private static TypeConversionException expected(String text) {
        return new TypeConversionException("expected an address such as http://127.0.0.1:8080, not '" + text + "'");
    }
}
