package io.opendts.engines.mysql.values;

import java.util.ArrayList;
import java.util.List;

/** The whole catalogue. */
final class ValueCases {

    private ValueCases() {
    }

    static List<ValueCase> all() {
        List<ValueCase> cases = new ArrayList<>(NumberCases.all());
        cases.addAll(TimeCases.all());
        cases.addAll(StringCases.all());
        cases.addAll(CharsetCases.all());
        cases.addAll(DocumentCases.all());
        return cases;
    }
}
