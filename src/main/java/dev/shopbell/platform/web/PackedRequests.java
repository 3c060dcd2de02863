package dev.shopbell.platform.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Refuses packed requests unread. Jetty, which packs our answers, would unpack them too, before
 * anything of ours could say how large they may become: a megabyte can be a gigabyte of zeros.
 */
@Component
class PackedRequests implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {
  private static final byte[] REFUSAL =
      """
      {"title":"Unsupported Media Type","status":415,"detail":"Send it unpacked: no Content-Encoding is taken."}\
      """
          .getBytes(StandardCharsets.UTF_8);

  @Override
  public void customize(JettyServletWebServerFactory factory) {
    factory.addServerCustomizers(server -> server.setHandler(new Unpacked(server)));
  }

  private static final class Unpacked extends Handler.Wrapper {
    Unpacked(Server server) {
      super(server.getHandler());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String packing = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
      if (packing == null || packing.equalsIgnoreCase("identity")) {
        return super.handle(request, response, callback);
      }
      response.setStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.write(true, ByteBuffer.wrap(REFUSAL), callback);
      return true;
    }
  }
}
