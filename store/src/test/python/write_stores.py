"""Writes stores with random histories: write_stores.py DIRECTORY FIRST_SEED LAST_SEED.

Each store is DIRECTORY/SEED; what it must show stands in DIRECTORY/SEED.txt.
"""

import os
import random
import struct
import sys

from description import describe
from engram_format import (
    BATCH, CRITERIA, FORGET, LAYOUTS, MEMORIZE, PACKED, SYNC, Header, Neuron, Record, Rule, crc32c)

GEOMETRIES = ((1, 1), (2, 2), (5, 7), (1, 513), (30, 20), (23, 31), (64, 8), (116, 116))
PAPER = (1, 1.0, 1.0, 1.0)
RULES = (PAPER, PAPER, PAPER, (1, 0.75, 0.5, 3.0), (3, 0.5, 0.7, 1.0), (7, 1.3, 1.5, 2.5))
SOME_CRITERIA = ((0.7, 0.5, 0.35, 0.95), (0.25, 0.125, 1.0, 0.0), (-3.5, 0.9, 0.1, 0.6))


class History:
    """One store, and what it must show after what was done to it."""

    def __init__(self, directory, seed):
        self.random = random.Random(seed)
        self.directory = directory
        width, height = GEOMETRIES[seed % len(GEOMETRIES)]
        steps, eps_w, eps_v, theta = self.random.choice(RULES)
        if steps > 1:
            eps_v /= width * height  # no w is much above 1, so that eps_v times the sum of w w is below 2
        uuid = (self.random.getrandbits(64), self.random.getrandbits(64))
        self.time = self.random.randrange(1 << 41)
        self.criteria = self.random.choice(SOME_CRITERIA)
        layout = seed // len(GEOMETRIES) % len(LAYOUTS)
        self.header = Header(width, height, layout, steps, eps_w, eps_v, theta, uuid, self.time, self.criteria)
        self.rule = Rule(self.header)
        self.journal = bytearray()
        self.files = {name: bytearray() for name in self.header.files}
        self.sequence = 0
        self.count = 0
        self.live = {}

    def append(self, kind, neuron, **fields):
        self.sequence += 1
        self.time += self.random.randrange(5)
        record = Record(kind, self.sequence, neuron, self.time, **fields)
        self.journal += record.encode(self.header, len(self.journal))

    def pattern(self):
        ways = 3 if self.header.layout == PACKED else 5
        way = self.random.randrange(ways)
        pixels = range(self.header.pixels)
        if way == 0:
            return [float(self.random.randrange(2))] * len(pixels)
        if way < 3:
            return [float(self.random.random() < 0.4) for _ in pixels]
        return [self.random.randrange(-4, 17) / 16.0 for _ in pixels]

    def key(self):
        way = self.random.randrange(8)
        if way == 0:
            return ("鍵" * self.random.randrange(1, 9) + "%d" % self.count).encode()
        if way == 1:
            return b"%06d" % self.count + b"k" * self.random.randrange(4091)
        return b"k%d" % self.random.randrange(1 << 16)

    def memorize(self, key):
        neuron = Neuron(self.header, self.rule, self.pattern())
        sums = [0, 0, 0, 0]
        for at, name in enumerate(("w.stripes", "v.stripes", "sketch.bits", "plane.bits")):
            if name in self.files:
                sums[at] = crc32c(neuron.parts[name])
                self.files[name] += neuron.parts[name]
        retires = self.live[key][0] if key in self.live else -1
        self.append(
            MEMORIZE, self.count, retires=retires, flags=int(neuron.two_valued), key=key,
            words=struct.pack("<fIIII", neuron.gain, *sums))
        self.live[key] = (self.count, key, self.time, neuron.two_valued, neuron.w, neuron.v, neuron.pattern)
        self.count += 1

    def batch(self):
        keys = {self.key() for _ in range(self.random.randrange(1, 5))}
        keys = sorted(key for key in keys if key not in self.live)
        if keys:
            self.append(BATCH, self.count, words=struct.pack("<fiiii", 0.0, len(keys), 0, 0, 0))
            for key in keys:
                self.memorize(key)

    def sync(self):
        self.append(SYNC, self.count)

    def step(self):
        way = self.random.randrange(10)
        known = sorted(self.live)
        if self.random.randrange(8) == 0:
            self.batch()
        elif way < 5 or not known:
            key = self.key()
            if key not in self.live:
                self.memorize(key)
        elif way < 7:
            self.memorize(self.random.choice(known))
        elif way == 7:
            key = self.random.choice(known)
            self.append(FORGET, self.live.pop(key)[0], key=key)
        elif way == 8:
            self.sync()
        else:
            self.criteria = self.random.choice(SOME_CRITERIA)
            self.append(CRITERIA, self.count, words=struct.pack("<fffff", 0.0, *self.criteria))

    def leave_remains(self):
        """What an append leaves that was never completed."""
        neuron = Neuron(self.header, self.rule, self.pattern())
        if self.random.randrange(3) == 0:
            self.leave_half_a_batch()
        first = self.header.files[0]
        self.files[first] += neuron.parts[first][:self.random.randrange(len(neuron.parts[first]) + 1)]
        record = Record(SYNC, self.sequence + 1, self.count, self.time).encode(self.header, len(self.journal))
        self.journal += record[:self.random.randrange(1, len(record))]

    def leave_half_a_batch(self):
        """Whole records, and all their bytes, and none of them counts."""
        before = dict(self.live), self.count
        size = self.random.randrange(2, 5)
        self.append(BATCH, self.count, words=struct.pack("<fiiii", 0.0, size, 0, 0, 0))
        for number in range(self.random.randrange(size)):
            self.memorize(b"half %d" % number)
        self.live, self.count = before

    def write(self):
        os.mkdir(self.directory)
        files = dict(self.files, journal=self.journal, lock=b"", header=self.header.encode())
        for name, data in files.items():
            with open(os.path.join(self.directory, name), "wb") as file:
                file.write(data)

    def lines(self):
        lines = describe(self.header, self.criteria, self.count, [neuron[:6] for neuron in self.live.values()])
        return lines + self.recalls()

    def recalls(self):
        """The number that answers a whole pattern, and its q: exact where all of v is 0 or 1."""
        live = sorted(self.live.values(), key=lambda neuron: neuron[0])
        if self.rule.white != 1 or any(not neuron[3] or max(neuron[5]) not in (0, 1) for neuron in live):
            return []
        masks = [int("0" + "".join("1" if value else "0" for value in neuron[6]), 2) for neuron in live]
        found = []
        for mask, neuron in zip(masks, live):
            responses = [2 * (other & mask).bit_count() - other.bit_count() for other in masks]
            best = max(responses)
            winner = live[responses.index(best)][0]
            found.append("recall %d %d %d" % (neuron[0], winner, best))
        return found


def write(directory, seed):
    history = History(os.path.join(directory, str(seed)), seed)
    for _ in range(history.random.randrange(1, 9 if history.header.pixels > 1000 else 40)):
        history.step()
    end = history.random.randrange(4)
    if end < 2:
        history.sync()
    if end % 2:
        history.leave_remains()
    history.write()
    with open(os.path.join(directory, "%d.txt" % seed), "w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in history.lines())


if __name__ == "__main__":
    for number in range(int(sys.argv[2]), int(sys.argv[3]) + 1):
        write(sys.argv[1], number)
