package io.aipaging.aipf.lease;

import io.aipaging.protocol.Commit;
import io.aipaging.protocol.Crypto;

/**
 * A COMMIT and its signed form. The form is kept, because reconciliation reinstalls the same one.
 *
 * @param commit what was signed
 * @param jws compact serialization; not shown by {@link #toString}
 */
public record SignedCommit(Commit commit, String jws) {
  /** SHA-256 of the signed form, hexadecimal: its name in evidence and fences. */
  public String sha256() {
    return Crypto.sha256Hex(jws);
  }

  @Override
  public String toString() {
    return "SignedCommit[" + commit.role() + " gen " + commit.gen() + " of " + commit.lease() + "]";
  }
}
