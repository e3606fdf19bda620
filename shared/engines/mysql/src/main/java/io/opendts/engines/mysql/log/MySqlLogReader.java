package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.filter.FilterServer;
import io.opendts.engines.mysql.wire.BinlogSettings;
import io.opendts.engines.mysql.wire.BinlogStart;
import io.opendts.engines.mysql.wire.BinlogStream;
import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.model.Change;
import io.opendts.model.Position;
import io.opendts.spi.LogReader;
import io.opendts.spi.Relations;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Tails the log of a live server as a replica would. */
public final class MySqlLogReader implements LogReader {

    /** An idle source shows that it lives this often; three missed and the connection counts as lost. */
    private static final int HEARTBEAT_MILLIS = 2_000;
    private static final int READ_TIMEOUT_MILLIS = 10_000;
    /** Server ids are taken from the upper half, where people do not put their servers. */
    private static final long SERVER_IDS_FROM = 0x8000_0000L;
    private static final long SERVER_IDS_TO = 0xFFFF_FFFFL;

    private final String server;
    private final BinlogStream stream;
    private final LogDecoder decoder;
    private final FilterServer filterServer;
    private volatile long bytesRead;
    private boolean news;

    private MySqlLogReader(String server, BinlogStream stream, LogDecoder decoder, FilterServer filterServer) {
        this.server = server;
        this.filterServer = filterServer;
        this.stream = stream;
        this.decoder = decoder;
    }

    /**
     * Starts by GTIDs where the position and the server have them, so that it works on any server of a group, else by file.
     *
     * @throws io.opendts.model.DtsException as {@link LogReader#next}, and SOURCE_UNREACHABLE, SOURCE_ACCESS_DENIED,
     *         SOURCE_TLS, SOURCE_PRIVILEGES, LOG_SOURCE_REPLACED
     */
    public static MySqlLogReader open(ConnectSettings settings, Position from, Relations relations, SourceCatalog catalog) {
        MySqlPosition start = MySqlPosition.parse(from);
        try {
            MySqlConnection connection = MySqlConnection.open(settings);
            LookedUpTables lookedUp = new LookedUpTables(relations, catalog);
            TableHistory history = new TableHistory(relations, SourceFacts.server(connection), new SourceFacts(settings), lookedUp);
            BinlogStream stream = BinlogStream.open(connection, startOf(connection, start, settings.where()), identity());
            FilterServer filterServer = new FilterServer(() -> MySqlConnection.open(settings));
            LogDecoder decoder = new LogDecoder(relations, start, filterServer, new Labels(settings), history, lookedUp);
            return new MySqlLogReader(settings.where(), stream, decoder, filterServer);
        } catch (MySqlWireException e) {
            throw ServerErrors.onOpen(e, settings.where(), from.text());
        }
    }

    private static BinlogSettings identity() {
        long serverId = ThreadLocalRandom.current().nextLong(SERVER_IDS_FROM, SERVER_IDS_TO);
        return new BinlogSettings(serverId, UUID.randomUUID(), HEARTBEAT_MILLIS, READ_TIMEOUT_MILLIS, false);
    }

    private static BinlogStart startOf(MySqlConnection connection, MySqlPosition start, String where) {
        boolean started = false;
        try {
            BinlogStart found = switch (start.gtids()) {
                case GtidSet.Domains gtids when connection.mariaDb() -> new BinlogStart.AfterMariaDbGtids(gtids.toString());
                case GtidSet.Uuids gtids when hasGtids(connection) -> new BinlogStart.AfterMySqlGtids(gtids.toString());
                case GtidSet.Domains _, GtidSet.Uuids _, GtidSet.None _ -> {
                    if (!start.hasFile()) {
                        throw LogErrors.replaced(where, "it cannot start at the GTIDs " + start.gtids());
                    }
                    yield new BinlogStart.AtFile(start.file(), start.offset());
                }
            };
            started = true;
            return found;
        } finally {
            if (!started) {
                connection.close();
            }
        }
    }

    private static boolean hasGtids(MySqlConnection connection) {
        return !connection.mariaDb() && connection.query("SELECT @@GLOBAL.gtid_mode").text(0, 0).startsWith("ON");
    }

    @Override
    public Optional<Change> next() {
        try {
            while (true) {
                Change change = decoder.next();
                if (change != null) {
                    return Optional.of(change);
                }
                if (news && !stream.available()) {
                    news = false;
                    return Optional.empty();
                }
                if (!stream.next()) {
                    throw LogErrors.lost(server, null);
                }
                bytesRead += stream.length();
                news = true;
                decoder.event(stream.buffer(), stream.offset(), stream.length());
            }
        } catch (MySqlServerError e) {
            throw ServerErrors.onRead(e, server, decoder.position().text());
        } catch (MySqlWireException e) {
            throw LogErrors.lost(server, e);
        }
    }

    @Override
    public Position position() {
        return decoder.position();
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    /** Ends the connections alone: an event that another thread is just decoding stays whole. */
    @Override
    public void close() {
        stream.close();
        filterServer.close();
    }
}
