package io.aipaging.openapi.qosbinding;

/** Names a binding. */
public record GetQosBinding(String bindingRef) {}
