package org.engram.tools.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.engram.cluster.ClusterGuest;
import org.engram.cluster.Health;
import org.engram.cluster.MemberState;
import org.engram.tools.console.Console;
import org.engram.tools.console.Table;
import org.engram.tools.console.Text;

/** The state of a cluster: its members by name, with null for a silent one. */
record Status(String cluster, Health health, Map<String, MemberState> members) {

    static Status of(String cluster, Visit visit) {
        Map<String, MemberState> members = new TreeMap<>();
        visit.ask(ClusterGuest::members).forEach(name -> members.put(name, null));
        visit.ask(ClusterGuest::states).forEach(state -> members.put(state.name(), state));
        return new Status(cluster, visit.ask(ClusterGuest::health), members);
    }

    private List<MemberState> answering() {
        return members.values().stream().filter(state -> state != null).toList();
    }

    private long patterns() {
        return answering().stream().mapToLong(MemberState::live).sum();
    }

    /** What is wrong, in sentences; none for a healthy cluster. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        if (!health.majority()) {
            reasons.add("no majority of the members is within reach: most changes are refused");
        }
        if (health.lost() > 0) {
            reasons.add("%s without an owner within reach: recalls are incomplete"
                    .formatted(Text.count(health.lost(), "segment")));
        }
        if (health.copiesShort() > 0) {
            reasons.add("%s short: another loss can make recalls incomplete"
                    .formatted(health.copiesShort() == 1 ? "1 copy" : Text.count(health.copiesShort()) + " copies"));
        }
        if (!health.settled() && health.majority()) {
            reasons.add("segments are being moved or copied");
        }
        health.unreachable().forEach(name -> reasons.add(Text.escape(name) + " is unreachable"));
        health.awaited()
                .forEach(name -> reasons.add("%s may have in old files what nobody else has: recalls are incomplete, unknown keys are refused"
                        .formatted(Text.escape(name))));
        members.forEach((name, state) -> {
            if (state == null) {
                reasons.add(Text.escape(name) + " is silent");
            } else if (state.aside() > 0) {
                reasons.add("%s has old files that wait to be offered".formatted(Text.escape(name)));
            }
            if (state != null && !state.failure().isEmpty()) {
                reasons.add("%s could not write a change, or offer old files: %s".formatted(Text.escape(name), Text.escape(state.failure())));
            }
        });
        return reasons;
    }

    Map<String, Object> json() {
        List<Map<String, Object>> all = new ArrayList<>();
        members.forEach((name, state) -> all.add(state == null ? without(name, "silent") : with(state)));
        health.unreachable().forEach(name -> all.add(without(name, "unreachable")));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cluster", cluster);
        json.put("healthy", reasons().isEmpty());
        json.put("reasons", reasons());
        json.put("segments", health.segments());
        json.put("copies", health.owners());
        json.put("copiesShort", health.copiesShort());
        json.put("lost", health.lost());
        json.put("majority", health.majority());
        json.put("awaited", health.awaited());
        json.put("settled", health.settled());
        json.put("patterns", patterns());
        json.put("members", all);
        return json;
    }

    private static Map<String, Object> without(String name, String state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("state", state);
        return json;
    }

    private static Map<String, Object> with(MemberState state) {
        Map<String, Object> json = without(state.name(), "ok");
        json.put("first", state.primary());
        json.put("owned", state.owned());
        json.put("patterns", state.live());
        json.put("graves", state.graves());
        json.put("bytes", state.bytes());
        json.put("aside", state.aside());
        json.put("failure", state.failure().isEmpty() ? null : state.failure());
        return json;
    }

    void print(Console console) {
        List<String> reasons = reasons();
        console.line("cluster %s is %s: %s, %s in %s, %s"
                .formatted(
                        Text.escape(cluster),
                        reasons.isEmpty() ? console.coloured(32, "healthy") : console.coloured(31, "degraded"),
                        Text.count(members.size(), "member"),
                        Text.count(health.segments(), "segment"),
                        health.owners() == 1 ? "1 copy" : health.owners() + " copies",
                        Text.count(patterns(), "pattern")));
        reasons.forEach(reason -> console.line("  " + reason));
        console.line("");
        int widest = members.keySet().stream().mapToInt(String::length).max().orElse(0);
        Table table = new Table(
                console,
                List.of(
                        Table.Column.text("member", Math.max(6, widest)),
                        Table.Column.text("state", 11),
                        Table.Column.number("first", 6),
                        Table.Column.number("owned", 6),
                        Table.Column.number("patterns", 13),
                        Table.Column.number("graves", 10),
                        Table.Column.number("bytes", 17),
                        Table.Column.number("aside", 5)));
        members.forEach((name, state) -> table.row(state == null ? absent(name, "silent") : row(state)));
        health.unreachable().forEach(name -> table.row(absent(name, "unreachable")));
    }

    private static List<String> absent(String name, String state) {
        return List.of(Text.escape(name), state, "-", "-", "-", "-", "-", "-");
    }

    private static List<String> row(MemberState state) {
        return List.of(
                Text.escape(state.name()),
                "ok",
                Text.count(state.primary()),
                Text.count(state.owned()),
                Text.count(state.live()),
                Text.count(state.graves()),
                Text.count(state.bytes()),
                Text.count(state.aside()));
    }
}
