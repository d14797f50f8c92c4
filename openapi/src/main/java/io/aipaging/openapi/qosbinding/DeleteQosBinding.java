package io.aipaging.openapi.qosbinding;

/** Names the binding to delete; deleting an unknown one changes nothing. */
public record DeleteQosBinding(String bindingRef) {}
