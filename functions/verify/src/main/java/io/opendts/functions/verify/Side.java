package io.opendts.functions.verify;

import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.spi.Source;

/**
 * One of the two ends of a comparison: the same rows are read in the same layout on both.
 *
 * @param relation columns in the order of the source's layout, under the names that they have on this side
 */
record Side(Source server, Table table, Route route, Relation relation) {}
