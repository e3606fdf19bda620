package io.opendts.functions.control.process;

import io.opendts.api.ApiPaths;
import io.opendts.api.EventJson;
import io.opendts.api.JsonObject;
import io.opendts.functions.control.api.Follower;
import io.opendts.functions.control.api.TaskAnswer;
import io.opendts.functions.control.api.TaskBody;
import io.opendts.functions.control.api.TaskService;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.task.DdlDecision;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The tasks over HTTP (contract, section 7). */
@Path(ApiPaths.TASKS)
@Produces(ApiPaths.JSON)
@RunOnVirtualThread
public class TaskResource {

    private final Semaphore followers = new Semaphore(Place.MAX);

    @Inject
    TaskService tasks;

    @GET
    public String list() {
        return new JsonObject().put("tasks", tasks.list().stream().map(EventJson::of).toList()).toString();
    }

    @POST
    @Consumes({ApiPaths.YAML, ApiPaths.JSON, ApiPaths.TASK_WITH_SECRETS, "text/plain", "application/x-yaml", "text/yaml"})
    public Response create(@HeaderParam(HttpHeaders.CONTENT_TYPE) String type, byte[] body) {
        TaskAnswer answer = tasks.create(body(type, body));
        return Response.status(answer.made() ? Status.CREATED : Status.OK).entity(answer.json().toString()).build();
    }

    @GET
    @Path("{name}")
    public String get(@PathParam("name") String name) {
        return tasks.get(name).json().toString();
    }

    @PUT
    @Path("{name}")
    @Consumes({ApiPaths.YAML, ApiPaths.JSON, ApiPaths.TASK_WITH_SECRETS, "text/plain", "application/x-yaml", "text/yaml"})
    public String replace(@PathParam("name") String name, @HeaderParam(HttpHeaders.CONTENT_TYPE) String type, byte[] body) {
        return tasks.replace(name, body(type, body)).json().toString();
    }

    @DELETE
    @Path("{name}")
    public void delete(@PathParam("name") String name) {
        tasks.delete(name);
    }

    @POST
    @Path("{name}/" + ApiPaths.PRECHECK)
    public String precheck(@PathParam("name") String name) {
        return tasks.precheck(name).json().toString();
    }

    @POST
    @Path("{name}/" + ApiPaths.START)
    public String start(@PathParam("name") String name) {
        return tasks.start(name).json().toString();
    }

    @POST
    @Path("{name}/" + ApiPaths.PAUSE)
    public String pause(@PathParam("name") String name) {
        return tasks.pause(name).json().toString();
    }

    @POST
    @Path("{name}/" + ApiPaths.RESUME)
    public String resume(@PathParam("name") String name, @QueryParam(ApiPaths.SKIP_DDL) String skipDdl,
            @QueryParam(ApiPaths.APPROVE_DDL) String approveDdl) {
        return tasks.resume(name, DdlDecision.of(Optional.ofNullable(skipDdl), Optional.ofNullable(approveDdl))).json().toString();
    }

    @POST
    @Path("{name}/" + ApiPaths.STOP)
    public String stop(@PathParam("name") String name) {
        return tasks.stop(name).json().toString();
    }

    @POST
    @Path("{name}/" + ApiPaths.RESET)
    public String reset(@PathParam("name") String name) {
        return tasks.reset(name).json().toString();
    }

    @POST
    @Path("{name}/" + ApiPaths.VERIFY)
    public String verify(@PathParam("name") String name) {
        return tasks.verify(name).json().toString();
    }

    @POST
    @Path("{name}/" + ApiPaths.RESYNC)
    public String resync(@PathParam("name") String name, @QueryParam(ApiPaths.TABLE) String table) {
        return tasks.resync(name, Optional.ofNullable(table)).json().toString();
    }

    @GET
    @Path("{name}/" + ApiPaths.METRICS)
    public String metrics(@PathParam("name") String name) {
        return tasks.metrics(name).toString();
    }

    @GET
    @Path("{name}/" + ApiPaths.EVENTS)
    @Produces(ApiPaths.EVENT_STREAM)
    public Response events(@PathParam("name") String name, @QueryParam(ApiPaths.UNTIL) String until,
            @QueryParam(ApiPaths.FROM) String from, @HeaderParam("Last-Event-ID") String last, @Context RoutingContext request) {
        Follower follower = tasks.follow(name, TaskService.until(until), from == null ? last : from);
        if (!followers.tryAcquire()) {
            follower.close();
            throw new DtsException(ErrorCode.API_UNREACHABLE, "this control process has " + Place.MAX + " followers already",
                    "follow tasks on another one, or with fewer clients");
        }
        Place place = new Place(followers, follower);
        // A write into a lost connection is dropped without an error, and of a client that went away before its answer began nobody
        // asks for the stream: the end of the request tells of both.
        request.addEndHandler(_ -> Thread.ofVirtual().start(place::leave));
        if (request.response().closed()) {
            place.leave();
        }
        StreamingOutput stream = place::serve;
        return Response.ok(stream).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static TaskBody body(String type, byte[] body) {
        return TaskBody.of(type, new String(body, StandardCharsets.UTF_8));
    }
}
