package io.opendts.model.filter;

/**
 * Why a filter cannot be taken.
 *
 * @param at      where in its text, counted from 0
 * @param message goes on after the name of what is filtered, as in {@code calls LOWER(...)}
 * @param remedy  what to write instead
 */
public record FilterProblem(int at, String message, String remedy) {

    /** With the place, as people count: from 1. */
    public String told() {
        return message + " at character " + (at + 1);
    }
}
