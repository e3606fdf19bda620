package io.opendts.state.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.impl.NoStackTraceTimeoutException;
import jakarta.persistence.LockModeType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.MutationQuery;
import org.hibernate.reactive.mutiny.Mutiny.SelectionQuery;

/** One unit of work: each method blocks its caller until the database has answered. Of one thread at a time. */
final class Session {

    private static final int ROWS_PER_STATEMENT = 100;

    private final Mutiny.StatelessSession session;
    private final Context context;

    Session(Mutiny.StatelessSession session, Context context) {
        this.session = session;
        this.context = context;
    }

    <T> Optional<T> find(Class<T> type, Object id) {
        return Optional.ofNullable(await(context, () -> session.get(type, id)));
    }

    /** The row, locked until the end of the transaction. */
    <T> Optional<T> lock(Class<T> type, Object id) {
        return Optional.ofNullable(await(context, () -> session.get(type, id, LockModeType.PESSIMISTIC_WRITE)));
    }

    /** A row that is there already fails the transaction, which then starts again and sees it. */
    void insert(Object row) {
        await(context, () -> session.insert(row));
    }

    void update(Object row) {
        await(context, () -> session.update(row));
    }

    /** @param hql parameters are ?1, ?2 and so on */
    <T> List<T> list(Class<T> type, int limit, String hql, Object... parameters) {
        return await(context, () -> query(type, hql, parameters).setMaxResults(limit).getResultList());
    }

    /** Without a limit: Hibernate works a query with one out again each time. */
    <T> List<T> list(Class<T> type, String hql, Object... parameters) {
        return await(context, () -> query(type, hql, parameters).getResultList());
    }

    private <T> SelectionQuery<T> query(Class<T> type, String hql, Object... parameters) {
        SelectionQuery<T> query = session.createSelectionQuery(hql, type);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
    }

    /** How many rows the condition met, also those that were equal already. */
    int change(String hql, Object... parameters) {
        return await(context, () -> {
            MutationQuery query = session.createMutationQuery(hql);
            for (int i = 0; i < parameters.length; i++) {
                query.setParameter(i + 1, parameters[i]);
            }
            return query.executeUpdate();
        });
    }

    /**
     * Many rows by a few statements: Hibernate inserts row by row, a round trip each.
     *
     * @param into table and columns, in SQL that both databases understand; no value may be null
     */
    void insertMany(String into, List<List<Object>> rows) {
        for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT) {
            List<List<Object>> part = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_STATEMENT));
            insertPart(into, part);
        }
    }

    private void insertPart(String into, List<List<Object>> rows) {
        String row = rows.getFirst().stream().map(_ -> "?").collect(Collectors.joining(", ", "(", ")"));
        String sql = "insert into " + into + " values " + String.join(", ", Collections.nCopies(rows.size(), row));
        await(context, () -> {
            Mutiny.Query<Object> query = session.createNativeQuery(sql);
            int position = 0;
            for (List<Object> values : rows) {
                for (Object value : values) {
                    query.setParameter(++position, value);
                }
            }
            return query.executeUpdate();
        });
    }

    static <T> T await(Context context, Supplier<Uni<T>> step) {
        return await(start(context, step));
    }

    static <T> CompletableFuture<T> start(Context context, Supplier<Uni<T>> step) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        context.runOnContext(_ -> {
            try {
                step.get().subscribe().with(answer::complete, answer::completeExceptionally);
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** The step itself is not given up: whenever its answer or the end of its connection comes, its connection is free again. */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(Database.STEP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new CompletionException(new NoStackTraceTimeoutException("no answer within " + Database.STEP_LIMIT_SECONDS + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
