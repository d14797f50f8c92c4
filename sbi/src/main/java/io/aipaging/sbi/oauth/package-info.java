/** OAuth2 access tokens: getting them and verifying them (TS 33.501, RFC 9068). */
@NullMarked
package io.aipaging.sbi.oauth;

import org.jspecify.annotations.NullMarked;
