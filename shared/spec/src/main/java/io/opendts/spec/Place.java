package io.opendts.spec;

/** Where a value stands in the file; lines and columns from 1. */
record Place(int line, int column, String path) {

    Place key(String name) {
        return new Place(line, column, path.isEmpty() ? name : path + "." + name);
    }

    Place at(int newLine, int newColumn) {
        return new Place(newLine, newColumn, path);
    }

    Place index(int index, int newLine, int newColumn) {
        return new Place(newLine, newColumn, path + "[" + index + "]");
    }
}
