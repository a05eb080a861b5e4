package org.engram.cluster;

import java.util.List;
import javax.sql.DataSource;
import org.infinispan.remoting.transport.jgroups.JGroupsChannelConfigurator;
import org.jgroups.JChannel;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.util.SocketFactory;

/** Hands the engine the channel that it is to use, and no other. */
record ChannelSource(JChannel channel) implements JGroupsChannelConfigurator {

    @Override
    public String getName() {
        return "engram";
    }

    @Override
    public JChannel createChannel(String name) {
        return channel;
    }

    @Override
    public void setSocketFactory(SocketFactory factory) {
        throw new UnsupportedOperationException("the channel has its own sockets");
    }

    @Override
    public void setDataSource(DataSource source) {
        throw new UnsupportedOperationException("the channel needs no data source");
    }

    @Override
    public String getProtocolStackString() {
        return "";
    }

    @Override
    public List<ProtocolConfiguration> getProtocolStack() {
        return List.of();
    }
}
