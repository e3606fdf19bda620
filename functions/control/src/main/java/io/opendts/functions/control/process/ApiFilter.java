package io.opendts.functions.control.process;

import io.opendts.functions.control.api.ApiErrors;
import io.opendts.functions.control.api.ApiGuard;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What every request to the API meets: who may ask, and in which form errors are told. */
@Provider
@PreMatching
public class ApiFilter implements ContainerRequestFilter, ExceptionMapper<RuntimeException> {

    private final ApiGuard guard;

    /** @param token without which nobody is served; absent, everybody who reaches the address is */
    public ApiFilter(@ConfigProperty(name = "dts.api.token") Optional<String> token) {
        guard = new ApiGuard(token);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        guard.refuse(request.getHeaderString(HttpHeaders.AUTHORIZATION), request.getHeaderString("Origin"),
                request.getHeaderString(HttpHeaders.HOST)).ifPresent(refused -> request.abortWith(response(refused)));
    }

    @Override
    public Response toResponse(RuntimeException failure) {
        return failure instanceof WebApplicationException ofHttp ? ofHttp.getResponse() : response(ApiErrors.of(failure));
    }

    private static Response response(ApiErrors error) {
        return Response.status(error.status()).type(MediaType.APPLICATION_JSON_TYPE).entity(error.json().toString()).build();
    }
}
