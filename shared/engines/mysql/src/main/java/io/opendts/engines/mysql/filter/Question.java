package io.opendts.engines.mysql.filter;

import io.opendts.model.Row;

/** @param values of the atom's columns, packed */
record Question(ServerAtom atom, Row values) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Question(ServerAtom theirs, Row row) && theirs.number() == atom.number() && row.equals(values);
    }

    @Override
    public int hashCode() {
        return 31 * values.hashCode() + atom.number();
    }
}
