package io.github.datasphere.emulator.gateway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelFutureListener;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.SimpleChannelInboundHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.ChannelInputShutdownEvent;
import io.grpc.netty.shaded.io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.grpc.netty.shaded.io.netty.handler.codec.http.FullHttpResponse;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpHeaderNames;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpMethod;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpObject;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpRequest;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpResponseStatus;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpUtil;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpVersion;
import io.grpc.netty.shaded.io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Answers for every foreign host without a network. For a package index it answers that there is no
 * release of the official client; the client's version check takes that for "up to date" with a
 * warning. All other requests fail with the reason in the reason phrase, which the client prints
 * (docs/clients.md section 1). An index without releases for every package would be worse: the
 * client takes such a package for a local module, silently.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are fluent
final class OfflineAnswers extends SimpleChannelInboundHandler<HttpObject> {
  private static final Pattern CLIENT_PAGE =
      Pattern.compile("(/[^?]*)?/simple/datasphere/?(\\?.*)?");
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String JSON = "application/vnd.pypi.simple.v1+json";
  private static final String JSON_PAGE =
      "{\"meta\":{\"api-version\":\"1.0\"},\"name\":\"datasphere\",\"files\":[]}";
  private static final String HTML_PAGE = "<!DOCTYPE html><html><body></body></html>";

  private static final HttpResponseStatus OFFLINE = new HttpResponseStatus(
      503,
      "The DataSphere Jobs emulator runs with --offline, so nothing leaves this machine."
          + " Jobs need a manual Python environment then, or start it without --offline");

  private boolean broken;

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      refuse(ctx, part.decoderResult().cause());
    } else if (part instanceof HttpRequest request) {
      // A client that waits for "100 Continue" sends no body after this answer.
      var goesOn = HttpUtil.isKeepAlive(request) && !HttpUtil.is100ContinueExpected(request);
      send(ctx, answer(request), goesOn);
    }
  }

  private static FullHttpResponse answer(HttpRequest request) {
    return READING.contains(request.method())
            && CLIENT_PAGE.matcher(request.uri()).matches()
        ? clientPage(request)
        : page(OFFLINE, PLAIN, OFFLINE.reasonPhrase() + ".\n");
  }

  /**
   * Refuses and closes late: a client that is still sending would lose the answer if the connection
   * ended early.
   */
  private void refuse(ChannelHandlerContext ctx, Throwable cause) {
    if (!broken) {
      broken = true;
      var status = cause instanceof TooLongHttpHeaderException
          ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
          : HttpResponseStatus.BAD_REQUEST;
      var response =
          page(status, PLAIN, "The emulator's --offline mode cannot read this request.\n");
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
      ctx.writeAndFlush(response);
      ctx.executor().schedule(() -> ctx.close(), 1, TimeUnit.SECONDS);
    }
  }

  private static FullHttpResponse clientPage(HttpRequest request) {
    var accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
    var page = accept.contains(JSON)
        ? page(HttpResponseStatus.OK, JSON, JSON_PAGE)
        : page(HttpResponseStatus.OK, "text/html; charset=utf-8", HTML_PAGE);
    page.headers().set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT);
    return page;
  }

  private static FullHttpResponse page(HttpResponseStatus status, String type, String text) {
    var content = Unpooled.copiedBuffer(text, UTF_8);
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    HttpUtil.setContentLength(response, content.readableBytes());
    return response;
  }

  private static void send(
      ChannelHandlerContext ctx, FullHttpResponse response, boolean keepAlive) {
    if (keepAlive) {
      ctx.writeAndFlush(response);
    } else {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
      ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /**
   * Ends a connection that is half closed or silent for too long, or whose client does not trust
   * the certificate.
   */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
