package net.insightpulseai.bridge.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

/**
 * Looks at what a connection brings before Vert.x does. A client that sends more and more requests
 * while an earlier one is served is cut off, because all of them would have to be remembered. What
 * is not of a known version of HTTP is answered in one that is.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the promise and the close handler are told
final class ChannelGuard extends ChannelDuplexHandler {

  private static final int MOST_UNANSWERED = 64;
  private static final int FINAL = 200;

  private int unanswered;

  /** The version of a request is none that is served here. */
  static final class UnknownVersion extends IllegalArgumentException {}

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      if (++unanswered > MOST_UNANSWERED) {
        ReferenceCountUtil.release(message);
        context.close();
        return;
      }
      checkVersion(request);
    }
    context.fireChannelRead(message);
  }

  private static void checkVersion(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    boolean known = version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    if (request.decoderResult().isSuccess() && !known) {
      request.setDecoderResult(DecoderResult.failure(new UnknownVersion()));
    }
    if (request.decoderResult().isFailure()) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response && response.status().code() >= FINAL) {
      unanswered--;
    }
    context.write(message, promise);
  }
}
