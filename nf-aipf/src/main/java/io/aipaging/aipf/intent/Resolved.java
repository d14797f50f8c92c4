package io.aipaging.aipf.intent;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.openapi.paging.AiServiceProfile;

/**
 * An intent that a service can meet.
 *
 * @param profile what the session must keep
 * @param service what runs
 * @param confidence 1 where the intent named the task; otherwise how alike its sentence is to the
 *     nearest phrase of a service of the task, from {@link IntentResolver#SIMILARITY_MIN} to 1
 */
public record Resolved(AiServiceProfile profile, AiService service, double confidence)
    implements Resolution {}
