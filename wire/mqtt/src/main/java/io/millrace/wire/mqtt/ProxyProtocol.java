package io.millrace.wire.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The header that a proxy sends before anything else, and that names the real client
/// (haproxy's proxy-protocol.txt, versions 1 and 2). Leaves the pipeline once it has been read.
final class ProxyProtocol extends ByteToMessageDecoder {
  private static final Logger log = LoggerFactory.getLogger(ProxyProtocol.class);
  private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
  private static final int LINE_MAX = 107; // section 2.1
  private static final int ADDRESSES_MAX = 4096;
  private static final int TCP4 = 0x11;
  private static final int TCP6 = 0x21;

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    boolean read =
        switch (in.getByte(in.readerIndex())) {
          case 'P' -> line(context, in);
          case '\r' -> binary(context, in);
          default -> refuse(context, in, "no PROXY header");
        };
    if (read) {
      context.pipeline().remove(this);
    }
  }

  private boolean line(ChannelHandlerContext context, ByteBuf in) {
    int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
    int length = end < 0 ? in.readableBytes() : end + 1 - in.readerIndex();
    if (length > LINE_MAX) {
      return refuse(context, in, "a PROXY line of more than 107 bytes");
    }
    if (end < 0) {
      return false;
    }
    var words =
        in.readCharSequence(length, StandardCharsets.US_ASCII).toString().strip().split(" ", -1);
    if (words.length >= 2 && words[0].equals("PROXY") && words[1].equals("UNKNOWN")) {
      return true;
    }
    if (words.length != 6 || !words[0].equals("PROXY") || !words[1].matches("TCP[46]")) {
      return refuse(context, in, "a damaged PROXY line");
    }
    return line(context, in, words);
  }

  private static boolean line(ChannelHandlerContext context, ByteBuf in, String[] words) {
    if (!words[2].matches("[0-9A-Fa-f:.]+") || !words[4].matches("\\d{1,5}")) {
      return refuse(context, in, "a PROXY line with a damaged address");
    }
    try {
      peer(context, InetAddress.getByName(words[2]), Integer.parseInt(words[4]));
      return true;
    } catch (UnknownHostException | IllegalArgumentException e) {
      return refuse(context, in, "a PROXY line with a damaged address");
    }
  }

  private static boolean binary(ChannelHandlerContext context, ByteBuf in) {
    int start = in.readerIndex();
    for (int i = 0; i < Math.min(SIGNATURE.length, in.readableBytes()); i++) {
      if (in.getByte(start + i) != SIGNATURE[i]) {
        return refuse(context, in, "no PROXY header");
      }
    }
    if (in.readableBytes() < 16) {
      return false;
    }
    int version = in.getUnsignedByte(start + 12);
    int length = in.getUnsignedShort(start + 14);
    if (version >> 4 != 2 || (version & 15) > 1 || length > ADDRESSES_MAX) {
      return refuse(context, in, "a damaged PROXY header of version 2");
    }
    if (in.readableBytes() < 16 + length) {
      return false;
    }
    int family = in.getUnsignedByte(start + 13);
    var addresses = in.readSlice(16 + length).skipBytes(16);
    boolean local = (version & 15) == 0; // the proxy's own check of our health
    return local || addresses(context, in, family, addresses);
  }

  private static boolean addresses(
      ChannelHandlerContext context, ByteBuf in, int family, ByteBuf addresses) {
    int size = family == TCP4 ? 4 : family == TCP6 ? 16 : 0;
    if (size == 0) {
      return true; // another family: the address of the connection stands
    }
    if (addresses.readableBytes() < 2 * size + 4) {
      return refuse(context, in, "a PROXY header that is too short for its addresses");
    }
    var source = new byte[size];
    addresses.readBytes(source).skipBytes(size);
    try {
      peer(context, InetAddress.getByAddress(source), addresses.readUnsignedShort());
      return true;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  private static void peer(ChannelHandlerContext context, InetAddress address, int port) {
    context.channel().attr(Listener.PEER).set(new InetSocketAddress(address, port));
  }

  private static boolean refuse(ChannelHandlerContext context, ByteBuf in, String why) {
    log.warn(
        "{} sent {}; closing. Only a proxy may connect to a listener with proxyProtocol.",
        context.channel().remoteAddress(),
        why);
    in.skipBytes(in.readableBytes());
    var _ = context.close();
    return false;
  }
}
