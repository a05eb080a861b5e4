"""Reads stores: read_stores.py DIRECTORY FIRST LAST writes what DIRECTORY/NUMBER shows to DIRECTORY/NUMBER.txt."""

import os
import sys

from description import describe
from engram_format import (
    BATCH, CRITERIA, FORGET, MEMORIZE, SYNC, Header, Rule, crc32c, decode_bits, decode_record, decode_stripe, float32)


class Reader:
    """A store as it is now: the intake of its journal, and the weights of its neurons."""

    def __init__(self, directory):
        self.directory = directory
        self.header = Header.decode(self.bytes_of("header"))
        self.rule = Rule(self.header)
        self.journal = self.bytes_of("journal")
        self.files = {name: self.bytes_of(name) for name in self.header.files}
        self.criteria = self.header.criteria
        self.count = 0
        self.live = {}
        self.take_in()

    def bytes_of(self, name):
        with open(os.path.join(self.directory, name), "rb") as file:
            return file.read()

    def part(self, name, neuron):
        size = self.header.part_bytes(name)
        return self.files[name][size * neuron:size * (neuron + 1)]

    def committed(self):
        """All committed records, and where the first that is not would begin."""
        records, at = [], 0
        while (found := decode_record(self.header, self.journal, at)) is not None:
            record, at = found
            if record.sequence != len(records) + 1:
                raise ValueError("expected record %d, found %d" % (len(records) + 1, record.sequence))
            records.append(record)
        for beyond in range(at + 8, len(self.journal), 8):
            if self.journal[beyond + 8:beyond + 9] == b"\3" and decode_record(self.header, self.journal, beyond):
                raise ValueError("the journal is damaged at %d: a SYNC stands at %d" % (at, beyond))
        return records

    def take_in(self):
        records = self.committed()
        vouched = max((record.sequence for record in records if record.kind == SYNC), default=0)
        last = max((record.neuron for record in records if record.kind == SYNC), default=0)
        for name, data in self.files.items():
            if len(data) < last * self.header.part_bytes(name):
                raise ValueError(name + " is cut")
        while records:
            change = [records.pop(0)]
            if change[0].kind == BATCH:
                change += records[:change[0].size()]
                del records[:change[0].size()]
                self.require_batch(change)
                if len(change) <= change[0].size():
                    return
            if any(record.kind == MEMORIZE and record.sequence > vouched and not self.matches(record)
                   for record in change):
                return
            self.apply(change)

    def require_batch(self, change):
        for at, record in enumerate(change[1:]):
            if record.kind != MEMORIZE or record.neuron != change[0].neuron + at or record.retires != -1:
                raise ValueError("record %d is none of its batch" % record.sequence)

    def apply(self, change):
        for record in change:
            if record.kind == MEMORIZE:
                self.memorize(record)
            elif record.kind == FORGET:
                if self.live.pop(record.key).neuron != record.neuron:
                    raise ValueError("FORGET of another neuron")
            elif record.neuron != self.count:
                raise ValueError("expected %d neurons, found %d" % (self.count, record.neuron))
            elif record.kind == CRITERIA:
                self.criteria = record.criteria()

    def memorize(self, record):
        retired = self.live.pop(record.key, None)
        if record.neuron != self.count or record.retires != (retired.neuron if retired else -1):
            raise ValueError("MEMORIZE of neuron %d contradicts the records before it" % record.neuron)
        self.live[record.key] = record
        self.count += 1

    def matches(self, record):
        return all(
            len(data) == self.header.part_bytes(name) and crc32c(data) == record.checksum(name)
            for name in self.header.files
            for data in [self.part(name, record.neuron)])

    def weights(self, record):
        """w and v, from the files where they have them, and from the bits and the gain where not."""
        white = decode_bits(self.header, self.part("sketch.bits", record.neuron)
                            + self.part("plane.bits", record.neuron))
        derived = [self.rule.white if pixel else 0.0 for pixel in white]
        w = derived
        if "w.stripes" in self.files:
            w = decode_stripe(self.header, self.part("w.stripes", record.neuron))
        if "v.stripes" in self.files:
            v = decode_stripe(self.header, self.part("v.stripes", record.neuron))
        elif record.flags & 1:
            v = [record.gain() if weight > 0 else 0.0 for weight in w]
        else:
            v = [float32(record.gain() * weight) for weight in w]
        # Reading checks nothing that a SYNC vouches for, so damage there is no reason to refuse the store.
        if record.flags & 1 and derived != w and self.matches(record):
            raise ValueError("the bits of neuron %d are not those of its weights" % record.neuron)
        return w, v

    def lines(self):
        live = [
            (record.neuron, key, record.time, bool(record.flags & 1), *self.weights(record))
            for key, record in self.live.items()]
        return describe(self.header, self.criteria, self.count, live)


def read(directory):
    try:
        lines = Reader(directory).lines()
    except ValueError as problem:
        print(directory, problem)
        lines = ["damaged"]
    with open(directory + ".txt", "w", encoding="utf-8", newline="\n") as out:
        out.writelines(line + "\n" for line in lines)


if __name__ == "__main__":
    for number in range(int(sys.argv[2]), int(sys.argv[3]) + 1):
        read(os.path.join(sys.argv[1], str(number)))
