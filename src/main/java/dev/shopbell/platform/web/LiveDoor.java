package dev.shopbell.platform.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** The door of the live connection: whoever may read conversations. */
public class LiveDoor implements HandshakeInterceptor {
  @Override
  public boolean beforeHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes) {
    Object caller =
        ((ServletServerHttpRequest) request).getServletRequest().getAttribute(Caller.ATTRIBUTE);
    if (caller instanceof Caller known && known.may(Permission.CONVERSATIONS_READ)) {
      attributes.put(Caller.ATTRIBUTE, known);
      return true;
    }
    response.setStatusCode(caller == null ? HttpStatus.UNAUTHORIZED : HttpStatus.FORBIDDEN);
    return false;
  }

  @Override
  public void afterHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      @Nullable Exception exception) {}
}
