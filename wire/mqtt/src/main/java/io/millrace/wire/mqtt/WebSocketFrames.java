package io.millrace.wire.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.ProtocolException;
import java.util.List;

/// MQTT over WebSocket (section 6): binary frames in, whatever their borders; binary frames out.
final class WebSocketFrames extends MessageToMessageCodec<WebSocketFrame, ByteBuf> {
  private static final int HTTP_BYTES = 16_384;

  private WebSocketFrames() {
    super(WebSocketFrame.class, ByteBuf.class);
  }

  static void add(ChannelPipeline pipeline, String path, int maxPacketBytes) {
    boolean isAny = path.isEmpty() || path.equals("*");
    var config =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath(isAny ? "/" : path)
            .subprotocols("mqtt,mqttv3.1") // [MQTT-6.0.0-4]
            .maxFramePayloadLength(maxPacketBytes + 5)
            .checkStartsWith(isAny)
            .build();
    pipeline
        .addLast(new HttpServerCodec())
        .addLast(new HttpObjectAggregator(HTTP_BYTES))
        .addLast(new WebSocketServerProtocolHandler(config))
        .addLast(new NotFound())
        .addLast(new WebSocketFrames());
  }

  @Override
  protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
    switch (frame) {
      // [MQTT-6.0.0-2] packets need not be aligned to frames
      case BinaryWebSocketFrame _, ContinuationWebSocketFrame _ ->
          out.add(frame.content().retain());
      default ->
          context.fireExceptionCaught(
              new ProtocolException("not a binary frame")); // [MQTT-6.0.0-1] only binary frames
    }
  }

  @Override
  protected void encode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
    if (bytes.isReadable()) {
      out.add(new BinaryWebSocketFrame(bytes.retain()));
    } else {
      out.add(bytes.retain());
    }
  }
}
