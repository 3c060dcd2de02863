package dev.shopbell.platform.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A request whose body is cut off where it becomes too long to be read into memory: at 8 MB, and at
 * 64 kB of somebody who is not signed in. Uploads have limits of their own.
 */
final class LimitedBody extends HttpServletRequestWrapper {
  private static final int MOST = 8 * 1024 * 1024;
  private static final int MOST_OF_STRANGERS = 64 * 1024;

  private final boolean stranger;
  private @Nullable ServletInputStream body;

  private LimitedBody(HttpServletRequest request, boolean stranger) {
    super(request);
    this.stranger = stranger;
  }

  /**
   * @throws Problem if it says itself that it is too long
   */
  static HttpServletRequest of(HttpServletRequest request, @Nullable Caller caller) {
    String type = request.getContentType();
    long length = request.getContentLengthLong();
    boolean none = length <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    if (none || (caller != null && type != null && type.startsWith("multipart/"))) {
      return request;
    }
    LimitedBody limited = new LimitedBody(request, caller == null);
    if (length > limited.most()) {
      throw limited.tooLong();
    }
    return limited;
  }

  private int most() {
    return stranger ? MOST_OF_STRANGERS : MOST;
  }

  private Problem tooLong() {
    return Problem.tooLarge(
        stranger
            ? "A request may have 64 kB at most before you are signed in."
            : "A request may have 8 MB at most; files go to /uploads.");
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) {
      body = new Counted(super.getInputStream());
    }
    return body;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private final class Counted extends ServletInputStream {
    private final ServletInputStream in;
    private long read;

    Counted(ServletInputStream in) {
      this.in = in;
    }

    private int counted(int result, int bytes) {
      read += Math.max(0, bytes);
      if (read > most()) {
        throw tooLong();
      }
      return result;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      return counted(one, one < 0 ? 0 : 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      return counted(count, count);
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
