package dev.greenstick.probe.predict.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Passes over interim answers (1xx; RFC 9110, 15.2), of which a server may send any number before
 * the one that counts. Vert.x' client knows 100 and 103 alone, and would take any other for the
 * whole answer. A server that changes protocols (101) unasked gives no answer: that one stays.
 */
final class InterimAnswers {

  private static final String NAME = "interim answers";

  private InterimAnswers() {}

  /** Makes a connection pass over them, once; called on its event loop before anything is sent. */
  static void passedOverBy(HttpConnection connection) {
    ChannelHandlerContext context = ((ConnectionBase) connection).channelHandlerContext();
    if (context.handler() instanceof Http2ConnectionHandler http2) {
      Http2ConnectionDecoder decoder = http2.decoder();
      if (!(decoder.frameListener() instanceof OfHttp2)) {
        decoder.frameListener(new OfHttp2(decoder.frameListener()));
      }
    } else if (context.pipeline().get(NAME) == null) {
      context.pipeline().addBefore(context.name(), NAME, new OfHttp1());
    }
  }

  private static boolean isInterim(int status) {
    return HttpStatusClass.INFORMATIONAL.contains(status)
        && status != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
  }

  private static final class OfHttp1 extends ChannelInboundHandlerAdapter {

    private boolean within;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpResponse response) {
        within = isInterim(response.status().code());
      }
      if (!within) {
        context.fireChannelRead(message);
        return;
      }
      ReferenceCountUtil.release(message);
      if (message instanceof LastHttpContent) {
        within = false;
      }
    }
  }

  private static final class OfHttp2 extends Http2FrameListenerDecorator {

    OfHttp2(Http2FrameListener listener) {
      super(listener);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context,
        int stream,
        Http2Headers headers,
        int padding,
        boolean isLast)
        throws Http2Exception {
      if (!isPassedOver(headers, isLast)) {
        super.onHeadersRead(context, stream, headers, padding, isLast);
      }
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context,
        int stream,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean isLast)
        throws Http2Exception {
      if (!isPassedOver(headers, isLast)) {
        super.onHeadersRead(
            context, stream, headers, dependency, weight, exclusive, padding, isLast);
      }
    }

    /** Trailers have no status. */
    private static boolean isPassedOver(Http2Headers headers, boolean isLast) {
      return !isLast
          && headers.status() != null
          && headers.status().length() == 3
          && headers.status().charAt(0) == '1'
          && !HttpResponseStatus.SWITCHING_PROTOCOLS.codeAsText().contentEquals(headers.status());
    }
  }
}
