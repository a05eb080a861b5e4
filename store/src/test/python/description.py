"""What a store holds, one line a fact, as the test in Java writes it too."""

import struct
import zlib

from engram_format import LAYOUTS


def bits_of(*floats):
    return " ".join("%08x" % struct.unpack("<I", struct.pack("<f", value))[0] for value in floats)


def sum_of(floats):
    return "%08x" % zlib.crc32(struct.pack("<%df" % len(floats), *floats))


def describe(header, criteria, count, live):
    """Live neurons are (number, key, time, two-valued, w, v)."""
    lines = [
        "geometry %d %d" % (header.width, header.height),
        "layout " + LAYOUTS[header.layout],
        "rule %s %d" % (bits_of(header.eps_w, header.eps_v, header.theta), header.steps),
        "created %d" % header.created,
        "criteria " + bits_of(*criteria),
        "neurons %d" % count,
    ]
    for number, key, time, two_valued, w, v in sorted(live, key=lambda neuron: neuron[0]):
        lines.append("neuron %d %s %d %s w %s v %s" % (
            number, key.hex(), time, "two-valued" if two_valued else "real-valued", sum_of(w), sum_of(v)))
    return lines
