package io.opendts.spec;

public enum TaskType implements Keyed { MIGRATION, SYNCHRONIZATION, SUBSCRIPTION }
