package io.opendts.functions.control.api;

import io.opendts.api.JsonObject;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.spec.SpecProblem;
import java.util.Optional;

/** What went wrong as an HTTP status and a JSON object with code, message, remedy and whether trying again can help. */
public record ApiErrors(int status, JsonObject json) {

    private static final System.Logger LOG = System.getLogger(ApiErrors.class.getName());

    public static ApiErrors of(Throwable failure) {
        return switch (failure) {
            case InvalidTaskFile invalid -> new ApiErrors(400, new JsonObject()
                    .put("errors", invalid.problems().stream().map(ApiErrors::mistake).toList()));
            case DtsException known -> new ApiErrors(status(known.code()),
                    error(known.code().code(), known.getMessage(), known.remedy(), known.code().retryable()));
            case Throwable bug -> bug(bug);
        };
    }

    /** Its message stays in the log: nobody has made sure that it holds no secret. */
    private static ApiErrors bug(Throwable bug) {
        LOG.log(System.Logger.Level.ERROR, "unexpected failure of a request", bug);
        return new ApiErrors(500, error(ErrorCode.BUG.code(), "unexpected " + bug.getClass().getSimpleName() + " in OpenDTS",
                "report it with the trace in the log of control; asking again is safe", false));
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case TASK_NOT_FOUND -> 404;
            case TASK_CHANGED, NOT_POSSIBLE_IN_STATE, TASK_RUNS_ELSEWHERE -> 409;
            case API_ACCESS_DENIED -> 403;
            case BUG -> 500;
            default -> code.retryable() ? 503 : ofRange(code.code());
        };
    }

    /** What the API was told wrong, what a server of the task answered, and what is wrong with our own stores. */
    private static int ofRange(String code) {
        return switch (code.charAt("DTS-".length())) {
            case '1' -> 400;
            case '2', '3' -> 502;
            default -> 500;
        };
    }

    private static JsonObject mistake(SpecProblem problem) {
        JsonObject json = error(problem.code(), problem.message(), problem.remedy(), false);
        if (problem.line() > 0) {
            json.put("line", problem.line()).put("column", problem.column());
        }
        return problem.path().isEmpty() ? json : json.put("path", problem.path());
    }

    private static JsonObject error(String code, String message, String remedy, boolean retryable) {
        return new JsonObject().put("code", code).put("message", message).put("remedy", remedy).put("retryable", retryable);
    }

    /** Of a request that is turned away before it is looked at. */
    static Optional<ApiErrors> denied(int status, String message, String remedy) {
        return Optional.of(new ApiErrors(status, error(ErrorCode.API_ACCESS_DENIED.code(), message, remedy, false)));
    }
}
