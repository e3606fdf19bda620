package io.opendts.spec;

/** Where a value stands in the file; lines and columns from 1. */
record Place(int line, int column, String path) {

    Place key(String name) {
        return new Place(line, column, path.isEmpty() ? name : path + "." + name);
    }

    /** Another key of the same section. */
    Place sibling(String name) {
        int dot = path.lastIndexOf('.');
        return new Place(line, column, dot < 0 ? name : path.substring(0, dot + 1) + name);
    }

    Place at(int newLine, int newColumn) {
        return new Place(newLine, newColumn, path);
    }

    Place index(int index, int newLine, int newColumn) {
        return new Place(newLine, newColumn, path + "[" + index + "]");
    }
}
