package org.engram.cluster;

import org.engram.store.Criteria;
import org.engram.store.Geometry;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** The settings of a cluster, as a member tells them to a guest. */
@Proto
@ProtoTypeId(71_040)
record Setup(
        int width,
        int height,
        int segments,
        int owners,
        float threshold,
        float contrast,
        float disagreement,
        float agreement) {

    static Setup of(ClusterOptions options) {
        Criteria criteria = options.criteria();
        return new Setup(
                options.geometry().width(),
                options.geometry().height(),
                options.segments(),
                options.owners(),
                criteria.threshold(),
                criteria.contrast(),
                criteria.disagreement(),
                criteria.agreement());
    }

    Geometry geometry() {
        return new Geometry(width, height);
    }

    Criteria criteria() {
        return new Criteria(threshold, contrast, disagreement, agreement);
    }
}
