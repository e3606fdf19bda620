package io.opendts.functions.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.model.TaskState.Event;
import io.opendts.spec.SpecProblem;
import io.opendts.state.Leases.Lease;
import io.opendts.state.Tasks;
import io.opendts.task.DdlDecision;
import io.opendts.task.DisplayedFacts;
import io.opendts.task.Facts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskServiceTest {

    @TempDir
    private Path folder;

    private ServiceRig rig;
    private TaskService service;

    @BeforeEach
    void open() throws IOException {
        rig = new ServiceRig(folder);
        service = rig.service;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_task_is_recorded_without_its_secrets_and_created_once() {
        assertThat(service.create(ServiceRig.BODY)).satisfies(made -> {
            assertThat(made.made()).isTrue();
            assertThat(made.task().state()).isEqualTo("draft");
        });
        assertThat(rig.store.tasks().get("shop").spec()).contains("${SECRET}").doesNotContain("hunter2");
        assertThat(service.create(ServiceRig.BODY).made()).isFalse();
        assertThat(rig.sent).isEmpty();
        refused(ErrorCode.TASK_CHANGED, () -> service.create(changed("database: shop", "database: other")));
    }

    @Test
    void all_mistakes_of_a_file_are_told_and_nothing_of_this_machine_is_read() {
        String file = ServiceRig.FILE.replace("host: one", "hots: one").replace("host: two", "host: \"${HOME}\"");
        assertThatThrownBy(() -> service.create(new TaskBody(file, Map.of())))
                .isInstanceOfSatisfying(InvalidTaskFile.class, invalid -> {
                    assertThat(invalid.problems()).map(SpecProblem::code).contains("DTS-1003", "DTS-1008").hasSizeGreaterThan(3);
                    assertThat(ApiErrors.of(invalid).status()).isEqualTo(400);
                    assertThat(ApiErrors.of(invalid).json().toString()).startsWith("{\"errors\":[{\"code\":\"DTS-1").contains("\"line\":3");
                });
        assertThat(service.list()).isEmpty();
    }

    @Test
    void a_file_can_be_replaced_until_rows_have_gone_where_it_says() {
        service.create(ServiceRig.BODY);
        assertThat(service.replace("shop", changed("database: shop", "database: other")).task().state()).isEqualTo("draft");
        running(Stage.FULL);
        refused(ErrorCode.TASK_CHANGED, () -> service.replace("shop", changed("database: shop", "database: third")));
        service.replace("shop", changed("database: shop", "database: other", "type: migration", "type: migration\ntags: {env: prod}"));
        refused(ErrorCode.API_REQUEST_INVALID, () -> service.replace("shop", changed("name: shop", "name: shoe")));
        refused(ErrorCode.TASK_NOT_FOUND, () -> service.replace("shoe", changed("name: shop", "name: shoe")));
    }

    @Test
    void start_moves_the_task_and_asks_once_for_what_it_needs() {
        service.create(ServiceRig.BODY);
        assertThat(service.start("shop").task().state()).isEqualTo("prechecking");
        assertThat(service.start("shop").task().state()).isEqualTo("prechecking");
        service.sweep("shop");
        assertThat(rig.sentIds()).containsExactly("shop:precheck");
    }

    @Test
    void a_paused_task_asks_again_when_it_is_resumed() {
        service.create(ServiceRig.BODY);
        service.start("shop");
        assertThat(service.pause("shop").settled()).isTrue();
        refused(ErrorCode.NOT_POSSIBLE_IN_STATE, () -> service.pause("shop"));
        assertThat(service.resume("shop", Optional.of(new DdlDecision.Skip("b:4"))).task().state()).isEqualTo("prechecking");
        assertThat(rig.sentIds()).containsExactly("shop:precheck", "shop:precheck");
        assertThat(rig.store.progress().get("shop", DisplayedFacts.SKIP_DDL)).contains("b:4");
        refused(ErrorCode.NOT_POSSIBLE_IN_STATE, () -> service.resume("shop", Optional.empty()));
    }

    @Test
    void a_precheck_alone_leaves_the_state() {
        service.create(ServiceRig.BODY);
        assertThat(service.precheck("shop").task().state()).isEqualTo("draft");
        assertThat(rig.sentIds()).singleElement().asString().startsWith("shop:precheck:");
    }

    @Test
    void a_stopped_migration_is_cut_over_when_nobody_writes_any_more() {
        service.create(ServiceRig.BODY);
        running(Stage.INCREMENTAL);
        new Facts(rig.store.progress(), "shop").once("incremental.began", 1);
        Lease apply = rig.store.leases().acquire("shop:apply", "apply-1", 30_000).orElseThrow();
        rig.store.tasks().transition("shop", Tasks.ANY_VERSION, new Event.StopAsked(), EnumSet.allOf(Stage.class));
        service.sweep("shop");
        assertThat(rig.sent).isEmpty();
        rig.store.leases().release(apply);
        service.sweep("shop");
        service.sweep("shop");
        assertThat(rig.sentIds()).containsExactly("shop:schema:CUT_OVER");
        new Facts(rig.store.progress(), "shop").once("schema.done.CUT_OVER", 1);
        rig.store.requests().renew("shop");
        service.sweep("shop");
        assertThat(rig.sent).hasSize(1);
        refused(ErrorCode.NOT_POSSIBLE_IN_STATE, () -> service.start("shop"));
    }

    @Test
    void only_what_does_not_run_is_forgotten_the_target_first() {
        service.create(ServiceRig.BODY);
        running(Stage.FULL);
        refused(ErrorCode.NOT_POSSIBLE_IN_STATE, () -> service.reset("shop"));
        refused(ErrorCode.NOT_POSSIBLE_IN_STATE, () -> service.delete("shop"));
        new Facts(rig.store.progress(), "shop").once("schema.began", 1);
        service.pause("shop");
        assertThat(service.reset("shop").task().state()).isEqualTo("draft");
        assertThat(rig.forgotten).containsExactly("target", "topic shop");
        assertThat(service.start("shop").task().state()).isEqualTo("prechecking");
        service.stop("shop");
        service.delete("shop");
        refused(ErrorCode.TASK_NOT_FOUND, () -> service.get("shop"));
    }

    @Test
    void a_draft_is_deleted_without_asking_its_servers() {
        service.create(ServiceRig.BODY);
        service.delete("shop");
        assertThat(rig.forgotten).containsExactly("topic shop");
    }

    @Test
    void after_a_reset_the_file_is_fixed_again_once_rows_have_gone() {
        service.create(ServiceRig.BODY);
        service.reset("shop");
        service.start("shop");
        running(Stage.FULL);
        refused(ErrorCode.TASK_CHANGED, () -> service.replace("shop", changed("database: shop", "database: third")));
    }

    @Test
    void figures_of_now() {
        service.create(ServiceRig.BODY);
        assertThat(service.metrics("shop").toString()).contains("\"state\":\"draft\"").doesNotContain("incremental");
        DisplayedFacts.record(rig.store.progress(), "shop", FollowerTest.standing(7, 3));
        assertThat(service.metrics("shop").toString()).contains("\"transactions\":3").contains("\"position\":\"7\"");
        assertThat(DisplayedFacts.standing(rig.store.progress().all("shop", DisplayedFacts.PREFIX)))
                .hasValue(FollowerTest.standing(7, 3));
        assertThat(FollowerTest.standing(7, 3).checkpoint().position()).isEqualTo(new Position("7"));
    }

    @Test
    void errors_have_fitting_statuses() {
        assertThat(status(ErrorCode.TASK_NOT_FOUND)).isEqualTo(404);
        assertThat(status(ErrorCode.NOT_POSSIBLE_IN_STATE)).isEqualTo(409);
        assertThat(status(ErrorCode.FEATURE_NOT_AVAILABLE)).isEqualTo(400);
        assertThat(status(ErrorCode.QUEUE_UNAVAILABLE)).isEqualTo(503);
        assertThat(status(ErrorCode.TARGET_ACCESS_DENIED)).isEqualTo(502);
        assertThat(status(ErrorCode.STATE_KEY)).isEqualTo(500);
        ApiErrors bug = ApiErrors.of(new IllegalStateException("hunter2"));
        assertThat(bug.status()).isEqualTo(500);
        assertThat(bug.json().toString()).doesNotContain("hunter2");
    }

    @Test
    void who_may_ask() {
        ApiGuard open = new ApiGuard(Optional.empty());
        assertThat(open.refuse(null, null, "127.0.0.1:8080")).isEmpty();
        assertThat(open.refuse(null, "http://127.0.0.1:8080", "127.0.0.1:8080")).isEmpty();
        assertThat(open.refuse(null, "http://evil.example", "127.0.0.1:8080")).isPresent();
        assertThat(open.refuse(null, "null", "127.0.0.1:8080")).isPresent();
        ApiGuard guarded = new ApiGuard(Optional.of("sesame"));
        assertThat(guarded.refuse("Bearer sesame", null, "h")).isEmpty();
        assertThat(guarded.refuse("Bearer sesam", null, "h")).hasValueSatisfying(e -> assertThat(e.status()).isEqualTo(401));
        assertThat(guarded.refuse(null, null, "h")).isPresent();
    }

    @Test
    void a_body_is_a_file_or_a_file_with_secrets() {
        assertThat(TaskBody.of("application/yaml", "name: a")).isEqualTo(new TaskBody("name: a", Map.of()));
        assertThat(TaskBody.of("application/vnd.opendts.task+json; charset=utf-8",
                "{\"file\":\"name: a\",\"references\":{\"${A}\":\"b\"}}")).isEqualTo(new TaskBody("name: a", Map.of("${A}", "b")));
        for (String body : new String[] {"name: a", "{}", "{\"file\":1}", "{\"file\":\"a\",\"references\":{\"${A}\":1}}"}) {
            refused(ErrorCode.API_REQUEST_INVALID, () -> TaskBody.of("application/vnd.opendts.task+json", body));
        }
    }

    private void running(Stage stage) {
        rig.store.tasks().transition("shop", Tasks.ANY_VERSION, new Event.Started(), EnumSet.of(stage));
        rig.store.tasks().transition("shop", Tasks.ANY_VERSION, new Event.PrecheckDone(true), EnumSet.of(stage));
        assertThat(rig.store.tasks().get("shop").state()).isEqualTo(new TaskState.Running(stage));
    }

    private static int status(ErrorCode code) {
        return ApiErrors.of(new DtsException(code, "m", "r")).status();
    }

    private static TaskBody changed(String... replaced) {
        String file = ServiceRig.FILE;
        for (int i = 0; i < replaced.length; i += 2) {
            file = file.replace(replaced[i], replaced[i + 1]);
        }
        return new TaskBody(file, ServiceRig.BODY.references());
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
