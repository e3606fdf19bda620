package io.opendts.model;

/**
 * What a target remembers of a task's incremental stage, written in the same transaction as the data it stands for.
 *
 * @param position up to which the source's log is on the target
 * @param epoch    and
 * @param sequence of the last batch that is on the target
 */
public record Checkpoint(Position position, long epoch, long sequence) {}
