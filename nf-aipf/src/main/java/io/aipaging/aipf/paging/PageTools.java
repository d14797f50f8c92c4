package io.aipaging.aipf.paging;

import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseTerms;
import java.time.InstantSource;

/**
 * What the steps of a page work with.
 *
 * @param enforcement the outside
 * @param terms the times leases live by
 * @param ids for leases
 * @param clock wall clock
 */
public record PageTools(Enforcement enforcement, LeaseTerms terms, Ids ids, InstantSource clock) {}
