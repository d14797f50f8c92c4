package io.aipaging.simulators.pcf;

import java.util.List;
import java.util.Map;

/**
 * What the control interface shows.
 *
 * @param sessions live app sessions, oldest first
 * @param violations what would have harmed a real core
 * @param operations operations received, by name
 * @param schemaChecked whether bodies were held against the specification
 */
record PcfState(
    List<AppSession> sessions,
    List<PduSessionWatch.Violation> violations,
    Map<String, Long> operations,
    boolean schemaChecked) {}
