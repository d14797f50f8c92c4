package io.aipaging.lab;

/** Addresses of every lab; each has them to itself because each has its own namespaces. */
public final class LabAddresses {
  /** Where the service is reached, at whatever anchor: on {@code lo} of anchors and cloud. */
  public static final String SERVICE = "203.0.113.10";

  /** First UE address. */
  public static final String UE_1 = "10.45.0.2";

  /** Second UE address. */
  public static final String UE_2 = "10.45.0.3";

  /** {@link #SERVICE} in IPv6. */
  public static final String SERVICE_6 = "2001:db8:113::10";

  /** First UE's IPv6 address, the only one used of its prefix of 64 bits. */
  public static final String UE_1_6 = "2001:db8:45:1::2";

  /** Second UE's. */
  public static final String UE_2_6 = "2001:db8:45:2::2";

  /** Device of the N6 router towards the UEs. */
  public static final String UE_DEVICE = "ue0";

  /** Device of the N6 router towards the default cloud. */
  public static final String CLOUD_DEVICE = "n6c";

  /** Network of the control plane. */
  public static final String CORE_NETWORK = "10.99.0.0/24";

  /** Control-plane address of the core. */
  public static final String CORE = "10.99.0.1";

  /** Control-plane address of the N6 router, where the gate's API listens. */
  public static final String UPF = "10.99.0.2";

  private LabAddresses() {}
}
