package dev.shopbell.platform.outgoing;

import java.net.InetAddress;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/** For tests of what calls others' servers, without the program around it. */
public final class LocalHttp {
  private LocalHttp() {}

  /** As the program has it, but that it may call servers on 127.0.0.1, on any port. */
  public static GuardedHttp create() {
    return new GuardedHttp(
        new InternalAddresses(List.of("127.0.0.1"), InetAddress::getAllByName),
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }
}
