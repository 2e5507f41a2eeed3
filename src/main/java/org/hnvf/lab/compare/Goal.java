package org.hnvf.lab.compare;

/**
 * Something that is wanted of a comparison.
 *
 * @param what of what
 * @param wanted how much, at most
 * @param is how much it is
 * @param reached whether that is enough
 */
public record Goal(String what, String wanted, String is, boolean reached) {}
