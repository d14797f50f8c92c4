/** What every composition root needs: parts that are closed again, tasks that recur. */
@NullMarked
package io.aipaging.sbi.process;

import org.jspecify.annotations.NullMarked;
