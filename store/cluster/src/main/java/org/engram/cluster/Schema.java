package org.engram.cluster;

import org.infinispan.protostream.GeneratedSchema;
import org.infinispan.protostream.annotations.ProtoSchema;

/** Everything that travels between members. The numbers of types and fields stay, so that versions may run side by side. */
@ProtoSchema(
        schemaPackageName = "engram.cluster",
        schemaFileName = "engram-cluster.proto",
        schemaFilePath = "org/engram/cluster",
        service = false,
        includeClasses = {
            Entry.class,
            Shown.class,
            Scope.class,
            Hit.class,
            Share.class,
            Nearest.class,
            AskNearest.class,
            Champion.class,
            Standing.class,
            Standings.class,
            AskRivals.class,
            AskHello.class,
            Hello.class,
            Named.class,
            AskMemorize.class,
            Memorized.class,
            AskFreeze.class,
            AskHalt.class,
            Done.class,
            AskState.class,
            MemberState.class,
            Content.class,
            AskContent.class,
            Setup.class,
            AskSetup.class,
            Health.class,
            AskHealth.class,
            Keys.class,
            AskKeys.class,
            Entries.class,
            AskEntries.class,
            AskHeld.class,
            AskSync.class,
            AskToAwait.class,
            AskStore.class,
            AskRecall.class,
            Told.class,
            Told.Answer.class,
            Told.Responder.class,
            Told.Asked.class,
            Told.Near.class
        })
interface Schema extends GeneratedSchema {}
