package io.aipaging.aexf.guard.http;

import io.aipaging.aexf.guard.Gateways;
import io.aipaging.aexf.guard.Origin;
import io.aipaging.aexf.guard.ProxyHeader;
import io.aipaging.aexf.guard.ProxyHeader.Finding;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * First in the pipeline: finds out where a connection comes from, before TLS and HTTP see a byte.
 *
 * <p>Vert.x' own PROXY protocol option believes a header from anybody, and demands one from
 * everybody; behind it the listener could serve kernel-steered UEs only on a second port, while a
 * COMMIT names one endpoint per anchor whichever kind of gate leads to it. So one listener decides
 * by the TCP peer, which nobody can choose freely: a header from a peer that is not listed closes
 * the connection, and a listed peer without one carries no UE, which is enough to probe and for
 * nothing else.
 */
final class OriginHandler extends ByteToMessageDecoder {
  private final Gateways gateways;
  private final InetAddress peer;
  private final Consumer<Origin> found;

  OriginHandler(Gateways gateways, InetAddress peer, Consumer<Origin> found) {
    this.gateways = gateways;
    this.peer = peer;
    this.found = found;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    switch (ProxyHeader.read(in.nioBuffer())) {
      case Finding.Incomplete _ -> {}
      case Finding.Absent _ -> {
        found.accept(gateways.lists(peer) ? Origin.relayed(peer, null) : Origin.direct(peer));
        context.pipeline().remove(this);
      }
      case Finding.Malformed _ -> refuse(context, in);
      case Finding.Present present -> {
        if (gateways.lists(peer)) {
          in.skipBytes(present.length());
          found.accept(Origin.relayed(peer, present.source()));
          context.pipeline().remove(this);
        } else {
          refuse(context, in);
        }
      }
    }
  }

  private static void refuse(ChannelHandlerContext context, ByteBuf in) {
    in.skipBytes(in.readableBytes());
    var _ = context.close();
  }
}
