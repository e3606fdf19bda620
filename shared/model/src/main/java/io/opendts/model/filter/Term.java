package io.opendts.model.filter;

/** What a part of a filter stands for: a value, or a truth. */
public sealed interface Term permits Operand, Condition {

    /** Where it begins in the filter's text, counted from 0. */
    int at();
}
