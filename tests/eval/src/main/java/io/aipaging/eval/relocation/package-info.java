/** What a UE loses when its session moves. */
@org.jspecify.annotations.NullMarked
package io.aipaging.eval.relocation;
