package io.opendts.model;

/** The stages of a task, in the order in which they run. */
public enum Stage { SCHEMA, FULL, INCREMENTAL }
