package io.opendts.bench.debezium;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;

/** Where the engine begins: an offset as it would have stored it itself, in the JSON of Connect's own converter. */
public final class StartOffset extends MemoryOffsetBackingStore {

    static final String KEY = "bench.offset.key";
    static final String VALUE = "bench.offset.value";

    private ByteBuffer key;
    private ByteBuffer value;

    @Override
    public void configure(WorkerConfig config) {
        key = bytes(config, KEY);
        value = bytes(config, VALUE);
    }

    private static ByteBuffer bytes(WorkerConfig config, String name) {
        return ByteBuffer.wrap(((String) config.originals().get(name)).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void start() {
        super.start();
        data.put(key, value);
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connector) {
        return Set.of(Map.of("server", connector));
    }
}
