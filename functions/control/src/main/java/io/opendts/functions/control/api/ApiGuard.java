package io.opendts.functions.control.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Who may use the API: holders of the token, where one is set, and no web page of another origin, which a browser on this machine
 * would let send requests to a loopback address.
 */
public final class ApiGuard {

    private static final String SCHEME = "Bearer ";

    private final Optional<String> token;

    public ApiGuard(Optional<String> token) {
        this.token = token.filter(text -> !text.isBlank());
    }

    /**
     * @param authorization header; null when absent, like the others
     * @param origin        header that browsers add
     * @param host          header with the address by which the server was reached
     * @return why the request is turned away
     */
    public Optional<ApiErrors> refuse(String authorization, String origin, String host) {
        if (origin != null && !isSame(origin, host)) {
            return ApiErrors.denied(403, "requests of web pages of " + origin + " are not taken", "use the console of this server itself");
        }
        if (token.isPresent() && !isToken(authorization)) {
            return ApiErrors.denied(401, "this server wants a token that was not given or is another one",
                    "send `Authorization: Bearer ...`; ./dts takes the token from DTS_API_TOKEN");
        }
        return Optional.empty();
    }

    private static boolean isSame(String origin, String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /** In a time that does not tell how much of it is right. */
    private boolean isToken(String authorization) {
        return authorization != null && authorization.startsWith(SCHEME)
                && MessageDigest.isEqual(bytes(authorization.substring(SCHEME.length()).strip()), bytes(token.orElseThrow()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
