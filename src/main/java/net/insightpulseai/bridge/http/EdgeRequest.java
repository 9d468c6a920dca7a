package net.insightpulseai.bridge.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/**
 * The request as frameworks may see it: without its body, and with parameters from the query string
 * only. Camel would read the whole body, unlimited and decompressed, before the first step of a
 * route, and Tomcat would parse a form. The signature covers the raw bytes, which {@link RawBody}
 * reads.
 */
final class EdgeRequest extends HttpServletRequestWrapper {

  private static final String UNREAD = "application/octet-stream";

  private final Permit permit;
  private final RequestFacts facts;
  private final Map<String, String[]> parameters;
  private byte @Nullable [] body;

  EdgeRequest(HttpServletRequest request, Permit permit) {
    super(request);
    this.permit = permit;
    this.facts = RequestFacts.of(request);
    this.parameters = QueryString.parse(request.getQueryString());
  }

  /** The request that the admission filter made, however it has been wrapped since. */
  static @Nullable EdgeRequest of(HttpServletRequest request) {
    return WebUtils.getNativeRequest(request, EdgeRequest.class);
  }

  Permit permit() {
    return permit;
  }

  RequestFacts facts() {
    return facts;
  }

  /** The raw body if it was read, else null. */
  byte @Nullable [] body() {
    return body;
  }

  void keepBody(byte[] read) {
    body = read;
  }

  InputStream rawBody() throws IOException {
    return getRequest().getInputStream();
  }

  @Override
  public int getContentLength() {
    return 0;
  }

  @Override
  public long getContentLengthLong() {
    return 0;
  }

  @Override
  public ServletInputStream getInputStream() {
    return new NoBody();
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(Reader.nullReader());
  }

  @Override
  public @Nullable String getContentType() {
    return hidden(super.getContentType());
  }

  @Override
  public @Nullable String getHeader(String name) {
    return name.equalsIgnoreCase("content-type") ? getContentType() : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    String type = name.equalsIgnoreCase("content-type") ? getContentType() : null;
    return type == null
        ? super.getHeaders(name)
        : Collections.enumeration(Collections.singleton(type));
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return parameters;
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return parameters.get(name);
  }

  private static @Nullable String hidden(@Nullable String type) {
    if (type == null) {
      return null;
    }
    String lower = type.toLowerCase(Locale.ROOT).strip();
    boolean form =
        lower.startsWith("application/x-www-form-urlencoded") || lower.startsWith("multipart/");
    return form ? UNREAD : type;
  }

  private static final class NoBody extends ServletInputStream {

    @Override
    public int read() {
      return -1;
    }

    @Override
    public boolean isFinished() {
      return true;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("there is no body to wait for; RawBody reads it");
    }
  }
}
