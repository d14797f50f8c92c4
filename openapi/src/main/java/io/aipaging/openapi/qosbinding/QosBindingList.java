package io.aipaging.openapi.qosbinding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the bindings the adapter knows, without asking the core.
 *
 * @param bindings by reference
 * @param nextPageToken where to go on; null at the end
 */
public record QosBindingList(List<ListedBinding> bindings, @Nullable String nextPageToken) {}
