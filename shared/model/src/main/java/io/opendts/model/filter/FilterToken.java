package io.opendts.model.filter;

/**
 * @param text of a STRING, NAME: its value; of a WORD: as written; of NUMBER, SYMBOL: as written; of HEX, BITS: its digits
 * @param at   where it begins, counted from 0
 * @param end  behind its last character
 */
record FilterToken(Kind kind, String text, int at, int end) {

    enum Kind { WORD, NAME, NUMBER, STRING, HEX, BITS, SYMBOL, END }

    boolean word(String wanted) {
        return kind == Kind.WORD && text.equalsIgnoreCase(wanted);
    }

    boolean symbol(String wanted) {
        return kind == Kind.SYMBOL && text.equals(wanted);
    }
}
