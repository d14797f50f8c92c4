/** npcfadapter-qosbinding: QoS of one UE towards one service address. */
@NullMarked
package io.aipaging.openapi.qosbinding;

import org.jspecify.annotations.NullMarked;
