package io.opendts.spi;

import io.opendts.model.Stage;
import java.util.Set;

/**
 * What the precheck is about.
 *
 * @param existingTables how tables that exist on the target are treated
 */
public record CheckScope(Set<Stage> stages, ExistingTables existingTables) {

    public enum ExistingTables { ERROR, IGNORE, CLEAR }

    public CheckScope {
        stages = Set.copyOf(stages);
    }

    public boolean includes(Stage stage) {
        return stages.contains(stage);
    }
}
