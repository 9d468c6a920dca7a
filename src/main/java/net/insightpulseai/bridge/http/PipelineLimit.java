package net.insightpulseai.bridge.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection on which more and more requests are sent while an earlier one is served: all
 * of them would have to be remembered.
 */
final class PipelineLimit extends ChannelDuplexHandler {

  private static final int MOST = 64;
  private static final int INFORMATIONAL = 200;

  private int unanswered;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest && ++unanswered > MOST) {
      ReferenceCountUtil.release(message);
      context.close();
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response && response.status().code() >= INFORMATIONAL) {
      unanswered--;
    }
    context.write(message, promise);
  }
}
