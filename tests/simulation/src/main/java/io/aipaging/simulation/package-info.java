/**
 * Deterministic simulation: random histories against the real procedures, rules and enforcers, in
 * one thread and in virtual time, with an observer that sees everything.
 */
@NullMarked
package io.aipaging.simulation;

import org.jspecify.annotations.NullMarked;
