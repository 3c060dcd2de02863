package dev.shopbell.channels.email;

import dev.shopbell.platform.outgoing.InternalAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Properties;
import javax.net.SocketFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps connections to configured mail servers out of internal networks, but for those that an
 * operator allows. The address that is connected to is judged, not the name, so that a name that
 * changes its address gains nothing.
 */
@Component
class InternalHosts {
  private final InternalAddresses internal;

  InternalHosts(InternalAddresses internal) {
    this.internal = internal;
  }

  /** The address lies in an internal network, and nobody has allowed that. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused(String host) {
      super(host + " lies in an internal network.");
    }
  }

  /** What Angus Mail needs to reach the server by {@code imap} or {@code smtp}. */
  Properties properties(String protocol, MailServer server, int connectMillis, int silenceMillis) {
    String prefix = "mail." + protocol + ".";
    Properties properties = new Properties();
    properties.setProperty(prefix + "connectiontimeout", Integer.toString(connectMillis));
    properties.setProperty(prefix + "timeout", Integer.toString(silenceMillis));
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    properties.setProperty(prefix + "socketFactory.fallback", "false");
    properties.setProperty(
        prefix + "starttls.enable",
        Boolean.toString(server.security() == MailServer.Security.starttls));
    properties.put(prefix + "socketFactory", sockets(server));
    return properties;
  }

  private SocketFactory sockets(MailServer server) {
    return new SocketFactory() {
      @Override
      public Socket createSocket() {
        return new Socket() {
          @Override
          public void connect(SocketAddress address, int millis) throws IOException {
            check(server, address);
            super.connect(address, millis);
          }
        };
      }

      @Override
      public Socket createSocket(String host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress(host, port), 0);
        return socket;
      }

      @Override
      public Socket createSocket(String host, int port, InetAddress from, int fromPort)
          throws IOException {
        return createSocket(host, port);
      }

      @Override
      public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostAddress(), port);
      }

      @Override
      public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
          throws IOException {
        return createSocket(host, port);
      }
    };
  }

  private void check(MailServer server, SocketAddress address) throws Refused {
    if (address instanceof InetSocketAddress internet && internet.getAddress() != null) {
      InetAddress resolved = internet.getAddress();
      boolean inTheClear =
          server.security() == MailServer.Security.none && !resolved.isLoopbackAddress();
      if (inTheClear || internal.refuses(server.host(), resolved)) {
        throw new Refused(server.host());
      }
    }
  }
}
