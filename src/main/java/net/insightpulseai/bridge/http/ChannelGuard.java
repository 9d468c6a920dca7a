package net.insightpulseai.bridge.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Looks at what a connection brings before Vert.x does, which does not expect everything. A client
 * that sends more and more requests while an earlier one is served is cut off, because all of them
 * would have to be remembered. What is not of a known version of HTTP is answered in one that is. A
 * client that sends nothing more, or nothing that is HTTP, is answered as far as its requests are
 * complete.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the promise and the close handler are told
final class ChannelGuard extends ChannelDuplexHandler {

  private static final int MOST_UNANSWERED = 64;
  private static final int FINAL = 200;

  private int unanswered;
  private boolean incomplete;
  private boolean lastSent;

  /** The version of a request is none that is served here. */
  static final class UnknownVersion extends IllegalArgumentException {}

  /** Otherwise Netty closes the connection when the client has sent its last request. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      if (++unanswered > MOST_UNANSWERED) {
        ReferenceCountUtil.release(message);
        context.close();
        return;
      }
      check(request);
      incomplete = true;
    } else if (message instanceof HttpContent content
        && content.decoderResult().isFailure()
        && unanswered > 1) {
      // Vert.x can only tell a request in progress that its body is broken.
      ReferenceCountUtil.release(message);
      incomplete = true;
      lastSent = true;
      return;
    }
    if (message instanceof LastHttpContent) {
      incomplete = false;
    }
    context.fireChannelRead(message);
  }

  @SuppressWarnings("ReferenceEquality") // as Vert.x compares them: http/1.1 would be equal
  private static void check(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    boolean known = version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
    if (request.decoderResult().isSuccess() && !known) {
      request.setDecoderResult(DecoderResult.failure(new UnknownVersion()));
    }
    if (request.decoderResult().isFailure()) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
    } else if (!HttpUtil.isKeepAlive(request)) {
      // It may have been one of several options, among which Vert.x does not look for it.
      request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      lastSent = true;
      if (isDone()) {
        context.close();
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    ChannelPromise written = promise.unvoid();
    if (message instanceof HttpResponse response && response.status().code() >= FINAL) {
      written.addListener(done -> answered(context));
    }
    context.write(message, written);
  }

  private void answered(ChannelHandlerContext context) {
    unanswered--;
    if (isDone()) {
      context.close();
    }
  }

  /** Whether every request that is complete has its answer, and no other will be. */
  private boolean isDone() {
    return lastSent && unanswered <= (incomplete ? 1 : 0);
  }
}
