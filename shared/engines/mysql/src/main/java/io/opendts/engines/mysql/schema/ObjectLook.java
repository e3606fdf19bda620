package io.opendts.engines.mysql.schema;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.ObjectName;
import io.opendts.model.SchemaObject;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.spi.Selector;
import io.opendts.spi.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at some objects of a server's catalog, while people go on changing them. One session, one thread. */
public final class ObjectLook {

    private static final int NO_DATABASE = 1049;

    private final SqlSession session;
    private final Selector selector;
    private final List<ObjectName> names;

    public ObjectLook(SqlSession session, Selector selector, List<ObjectName> names) {
        this.session = session;
        this.selector = selector;
        this.names = names;
    }

    private boolean wanted(ObjectName name) {
        return names.stream().anyMatch(one -> one.means(name));
    }

    public List<SchemaObject> objects() {
        try {
            CatalogReader.prepare(session);
            ServerVersion version = ServerVersion.parse(session.query("SELECT VERSION()").getFirst().getFirst());
            List<SchemaObject> objects = new ArrayList<>();
            for (List<String> row : CatalogReader.databases(session, selector)) {
                if (names.stream().anyMatch(name -> name.id().database().equalsIgnoreCase(row.getFirst()))) {
                    objects.addAll(inDatabase(row, version));
                }
            }
            return objects.stream().map(object -> object.kind() == Kind.VIEW ? opened(object) : object).toList();
        } catch (SqlSession.Refused e) {
            throw new DtsException(ErrorCode.SOURCE_QUERY_FAILED, "reading the catalog: " + e.getMessage() + " (" + e.number() + ")",
                    "check the privileges of the task's user on the source", e);
        }
    }

    /** None where the database has gone meanwhile. */
    private List<SchemaObject> inDatabase(List<String> row, ServerVersion version) {
        try {
            session.execute("USE " + SqlNames.quote(row.getFirst()));
        } catch (SqlSession.Refused e) {
            if (e.number() == NO_DATABASE) {
                return List.of();
            }
            throw e;
        }
        List<SchemaObject> objects = new ArrayList<>();
        SchemaObject database = CatalogReader.database(row);
        if (wanted(ObjectName.of(database))) {
            objects.add(database);
        }
        objects.addAll(new ObjectReader(session, version, this::wanted).read(row.getFirst(), selector));
        return objects;
    }

    private SchemaObject opened(SchemaObject view) {
        try {
            session.query("SHOW COLUMNS FROM " + SqlNames.quote(view.id()));
            return view;
        } catch (SqlSession.Refused e) {
            Map<String, String> settings = new HashMap<>(view.settings());
            settings.put(Source.INVALID, e.getMessage());
            return new SchemaObject(view.kind(), view.id(), view.table(), view.definition(), view.sqlMode(), settings);
        }
    }
}
