package org.engram.cluster;

import org.infinispan.commons.configuration.BuiltBy;
import org.infinispan.commons.configuration.Combine;
import org.infinispan.commons.configuration.ConfigurationFor;
import org.infinispan.commons.configuration.attributes.AttributeDefinition;
import org.infinispan.commons.configuration.attributes.AttributeSet;
import org.infinispan.configuration.cache.AbstractStoreConfiguration;
import org.infinispan.configuration.cache.AbstractStoreConfigurationBuilder;
import org.infinispan.configuration.cache.AsyncStoreConfiguration;
import org.infinispan.configuration.cache.PersistenceConfigurationBuilder;

/** Tells the engine in which segments to keep its entries. The engine makes a {@link SegmentStore} of it. */
@BuiltBy(SegmentStoreConfiguration.Builder.class)
@ConfigurationFor(SegmentStore.class)
public final class SegmentStoreConfiguration extends AbstractStoreConfiguration<SegmentStoreConfiguration> {

    private enum Element {
        ENGRAM_STORE
    }

    static final AttributeDefinition<String> MEMBER = AttributeDefinition.builder("member", null, String.class)
            .immutable()
            .build();

    SegmentStoreConfiguration(AttributeSet attributes, AsyncStoreConfiguration async) {
        super(Element.ENGRAM_STORE, attributes, async);
    }

    /** {@return what can be set} The engine asks for it by this name. */
    public static AttributeSet attributeDefinitionSet() {
        return new AttributeSet(
                SegmentStoreConfiguration.class, AbstractStoreConfiguration.attributeDefinitionSet(), MEMBER);
    }

    /** The name under which the segments wait in {@link Segments}. */
    String member() {
        return attributes.attribute(MEMBER).get();
    }

    /** Builds it. */
    public static final class Builder
            extends AbstractStoreConfigurationBuilder<SegmentStoreConfiguration, SegmentStoreConfiguration.Builder> {

        /** The engine makes it by this constructor.
         * @param builder of the cache's persistence */
        public Builder(PersistenceConfigurationBuilder builder) {
            super(builder, attributeDefinitionSet());
        }

        Builder member(String name) {
            attributes.attribute(MEMBER).set(name);
            return this;
        }

        @Override
        public SegmentStoreConfiguration create() {
            return new SegmentStoreConfiguration(attributes.protect(), async.create());
        }

        @Override
        public Builder read(SegmentStoreConfiguration template, Combine combine) {
            super.read(template, combine);
            return this;
        }

        @Override
        public Builder self() {
            return this;
        }
    }
}
