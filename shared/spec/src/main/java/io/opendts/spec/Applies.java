package io.opendts.spec;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** For which tasks a key makes sense. In an endpoint's section only that side's engines count. */
record Applies(Set<TaskType> types, Set<EngineName> sources, Set<EngineName> targets) {

    static final Applies ALWAYS = new Applies(EnumSet.allOf(TaskType.class), EngineName.sources(), EngineName.targets());

    /** What is known of a task before its values are checked; empty where the file has it wrong. */
    record Context(Optional<TaskType> type, Optional<EngineName> source, Optional<EngineName> target) {}

    Applies onlyTypes(TaskType first, TaskType... more) {
        return new Applies(EnumSet.of(first, more), sources, targets);
    }

    Applies onlySources(EngineName... engines) {
        return new Applies(types, set(engines), targets);
    }

    Applies onlyTargets(EngineName... engines) {
        return new Applies(types, sources, set(engines));
    }

    private static Set<EngineName> set(EngineName... engines) {
        Set<EngineName> set = EnumSet.noneOf(EngineName.class);
        for (EngineName engine : engines) {
            set.add(engine);
        }
        return set;
    }

    /** Why not, as the end of a sentence; empty where it applies or where too much is unknown to tell. */
    Optional<String> refusal(Context context) {
        if (context.source().isPresent() && !sources.contains(context.source().get())) {
            return Optional.of("a source of engine " + context.source().get().key() + " has no such key");
        }
        if (context.target().isPresent() && !targets.contains(context.target().get())) {
            return Optional.of("it makes no sense for a target of engine " + context.target().get().key());
        }
        if (context.type().isPresent() && !types.contains(context.type().get())) {
            return Optional.of("it makes no sense for a " + context.type().get().key());
        }
        return Optional.empty();
    }
}
