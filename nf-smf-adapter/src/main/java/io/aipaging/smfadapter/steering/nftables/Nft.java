package io.aipaging.smfadapter.steering.nftables;

/** Numbers of {@code linux/netfilter/nf_tables.h} and {@code nfnetlink.h} that the gate uses. */
final class Nft {
  static final int FAMILY_INET = 1;

  static final int BATCH_BEGIN = 0x10;
  static final int BATCH_END = 0x11;
  static final int SUBSYSTEM = 10;

  static final int GET_CHAIN = message(4);
  static final int GET_RULE = message(7);
  static final int NEW_ELEMENT = message(12);
  static final int GET_ELEMENT = message(13);
  static final int DELETE_ELEMENT = message(14);
  static final int NEW_GENERATION = message(15);
  static final int GET_GENERATION = message(16);
  static final int GET_OBJECT = message(19);

  /** Flag of a request that may create. */
  static final int CREATE = 0x400;

  static final int TABLE = 1;

  static final int CHAIN_HANDLE = 2;
  static final int CHAIN_NAME = 3;
  static final int CHAIN_HOOK = 4;
  static final int CHAIN_POLICY = 5;
  static final int CHAIN_TYPE = 7;

  static final int ELEMENTS_SET = 2;
  static final int ELEMENTS = 3;
  static final int ITEM = 1;
  static final int ELEMENT_KEY = 1;
  static final int ELEMENT_DATA = 2;
  static final int ELEMENT_TIMEOUT = 4;
  static final int ELEMENT_EXPIRATION = 5;
  static final int ELEMENT_EXPRESSION = 7;

  static final int DATA_VALUE = 1;
  static final int DATA_VERDICT = 2;
  static final int VERDICT_CODE = 1;
  static final int VERDICT_CHAIN = 2;
  static final int JUMP = -3;

  static final int EXPRESSION_NAME = 1;
  static final int EXPRESSION_DATA = 2;
  static final int LIMIT_RATE = 1;
  static final int LIMIT_UNIT = 2;
  static final int LIMIT_BURST = 3;
  static final int LIMIT_TYPE = 4;
  static final int LIMIT_FLAGS = 5;
  static final int LIMIT_BYTES = 1;
  static final int LIMIT_ABOVE = 1;

  static final int GENERATION_ID = 1;

  static final int OBJECT_NAME = 2;
  static final int OBJECT_TYPE = 3;
  static final int OBJECT_DATA = 4;
  static final int OBJECT_COUNTER = 1;
  static final int COUNTER_PACKETS = 2;

  private Nft() {}

  private static int message(int number) {
    return SUBSYSTEM << 8 | number;
  }
}
