"""The format of a store, written from FORMAT.md alone: an author of its own must come to the same bytes."""

import math
import struct

FULL, TIED, PACKED = 0, 1, 2
LAYOUTS = ("FULL", "TIED", "PACKED")
MAGIC = b"\x89ENGRAM\x1a"
MEMORIZE, FORGET, SYNC, CRITERIA, BATCH = 1, 2, 3, 4, 5
HEAD = 64
CHECKSUMS = {"w.stripes": 44, "v.stripes": 48, "sketch.bits": 52, "plane.bits": 56}
FILES = {
    FULL: ("w.stripes", "v.stripes", "sketch.bits", "plane.bits"),
    TIED: ("w.stripes", "sketch.bits", "plane.bits"),
    PACKED: ("sketch.bits", "plane.bits"),
}


def _crc_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


_TABLE = _crc_table()


def crc32c(*chunks):
    value = 0xFFFFFFFF
    for chunk in chunks:
        for byte in chunk:
            value = _TABLE[(value ^ byte) & 0xFF] ^ value >> 8
    return value ^ 0xFFFFFFFF


def float32(value):
    """The nearest 32-bit float."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def fma(a, b, c):
    """a b + c of 32-bit floats with one rounding. The product is exact in 64 bits; the sum is rounded to odd there."""
    product = a * b
    total = product + c
    part = total - product
    error = (product - (total - part)) + (c - part)
    if error != 0:
        bits = struct.unpack("<q", struct.pack("<d", total))[0]
        if bits & 1 == 0:
            bits += 1 if (error > 0) == (total > 0) else -1
            total = struct.unpack("<d", struct.pack("<q", bits))[0]
    return float32(total)


class Header:
    """What a store is: the file of 128 bytes."""

    LAYOUT = struct.Struct("<8sIIIIIIfff4xQQQffff36x")

    def __init__(self, width, height, layout, steps, eps_w, eps_v, theta, uuid, created, criteria):
        self.width, self.height, self.layout, self.steps = width, height, layout, steps
        self.eps_w, self.eps_v, self.theta = float32(eps_w), float32(eps_v), float32(theta)
        self.uuid, self.created, self.criteria = uuid, created, tuple(map(float32, criteria))
        self.pixels = width * height
        self.stripe = -(-4 * self.pixels // 64) * 64
        self.blocks = -(-self.pixels // 512)
        self.columns = math.gcd(self.blocks, width)
        self.files = FILES[layout]

    def part_bytes(self, name):
        return {"sketch.bits": 64, "plane.bits": 64 * (self.blocks - 1)}.get(name, self.stripe)

    def place(self, pixel):
        """The block of a pixel, and its bit there."""
        bit = pixel // self.blocks
        return (pixel + 4493 * (bit * self.columns // self.width) % self.columns) % self.blocks, bit

    def encode(self):
        head = self.LAYOUT.pack(
            MAGIC, 1, 128, self.width, self.height, self.layout, self.steps, self.eps_w, self.eps_v, self.theta,
            *self.uuid, self.created, *self.criteria)
        return head + struct.pack("<I", crc32c(head))

    @staticmethod
    def decode(data):
        if len(data) != 128 or struct.unpack("<I", data[124:])[0] != crc32c(data[:124]):
            raise ValueError("the header is damaged")
        (magic, version, length, width, height, layout, steps, eps_w, eps_v, theta, high, low, created,
         *criteria) = Header.LAYOUT.unpack(data[:124])
        if magic != MAGIC or version != 1 or length != 128 or any(data[44:48] + data[88:124]):
            raise ValueError("the header is of another format")
        return Header(width, height, layout, steps, eps_w, eps_v, theta, (high, low), created, criteria)


class Rule:
    """Equations (2) and (6), every operation rounded to 32 bits."""

    def __init__(self, header):
        self.header = header
        self.white = self.weight(1.0)

    def weight(self, d):
        w = 0.0
        for _ in range(self.header.steps):
            w = float32(w + float32(self.header.eps_w * float32(d - w)))
        return w

    def gain(self, w):
        """The g of v = g w, for the weights of all pixels."""
        header = self.header
        if header.steps == 1:
            return float32(header.eps_v * header.theta)
        g = 0.0
        v = [0.0] * len(w)
        for _ in range(header.steps):
            g = float32(g + float32(header.eps_v * float32(header.theta - self._dot(v, w))))
            v = [float32(g * weight) for weight in w]
        return g

    def _dot(self, v, w):
        quarter = 16 * -(-self.header.stripe // 256)
        sums = [0.0] * 64
        for at, (one, other) in enumerate(zip(v, w)):
            if one != 0 and other != 0:
                lane = 16 * (at // quarter) + at % quarter % 16
                sums[lane] = fma(one, other, sums[lane])
        while len(sums) > 1:
            half = len(sums) // 2
            sums = [float32(sums[i] + sums[i + half]) for i in range(half)]
        return sums[0]


class Neuron:
    """What one pattern becomes: its flags, its gain, and its bytes in every file."""

    def __init__(self, header, rule, pattern):
        self.pattern = pattern
        self.two_valued = all(value in (0.0, 1.0) for value in pattern)
        self.w = [rule.weight(value) for value in pattern]
        g = rule.gain(self.w)
        self.v = [float32(g * weight) for weight in self.w]
        self.gain = float32(g * rule.white) if self.two_valued else g
        white = [j for j, weight in enumerate(self.w) if weight > 0] if self.two_valued else []
        bits = encode_bits(header, white)
        self.parts = {
            "w.stripes": encode_stripe(header, self.w),
            "v.stripes": encode_stripe(header, self.v),
            "sketch.bits": bits[:64],
            "plane.bits": bits[64:],
        }


def encode_stripe(header, floats):
    return struct.pack("<%df" % len(floats), *floats).ljust(header.stripe, b"\0")


def decode_stripe(header, data):
    return list(struct.unpack_from("<%df" % header.pixels, data))


def encode_bits(header, white):
    bits = bytearray(64 * header.blocks)
    for j in white:
        block, bit = header.place(j)
        bits[64 * block + bit // 8] |= 1 << bit % 8
    return bytes(bits)


def decode_bits(header, bits):
    """Whether each pixel is white."""
    found = []
    for j in range(header.pixels):
        block, bit = header.place(j)
        found.append(bits[64 * block + bit // 8] >> bit % 8 & 1 == 1)
    return found


class Record:
    """One record of the journal."""

    FIELDS = struct.Struct("<BBHIQiiq")

    def __init__(self, kind, sequence, neuron, time, retires=-1, flags=0, words=bytes(20), key=b""):
        self.kind, self.sequence, self.neuron, self.time = kind, sequence, neuron, time
        self.retires, self.flags, self.words, self.key = retires, flags, words, key

    def encode(self, header, offset):
        key = self.key.ljust(-(-len(self.key) // 8) * 8, b"\0")
        body = self.FIELDS.pack(
            self.kind, self.flags, len(self.key), 0, self.sequence, self.neuron, self.retires, self.time)
        body += self.words + bytes(4) + key
        length = struct.pack("<I", 8 + len(body))
        return length + struct.pack("<I", record_crc(header, offset, length, body)) + body

    def gain(self):
        return struct.unpack_from("<f", self.words)[0]

    def criteria(self):
        return struct.unpack_from("<ffff", self.words, 4)

    def size(self):
        return struct.unpack_from("<i", self.words, 4)[0]

    def checksum(self, name):
        return struct.unpack_from("<I", self.words, CHECKSUMS[name] - 40)[0]


def record_crc(header, offset, length, body):
    return crc32c(struct.pack("<QQQ", *header.uuid, offset), length, body)


def decode_record(header, journal, offset):
    """The record at an offset and its end, or None where none is whole with a checksum that matches."""
    if offset + HEAD > len(journal):
        return None
    length, crc = struct.unpack_from("<II", journal, offset)
    end = offset + length
    if length < HEAD or length % 8 or end > len(journal):
        return None
    body = journal[offset + 8:end]
    if record_crc(header, offset, journal[offset:offset + 4], body) != crc:
        return None
    kind, flags, key_length, zero, sequence, neuron, retires, time = Record.FIELDS.unpack_from(body)
    key = body[56:56 + key_length]
    if zero or any(body[52:56]) or length != HEAD + -(-key_length // 8) * 8 or any(body[56 + key_length:]):
        raise ValueError("the record at %d contradicts the format" % offset)
    return Record(kind, sequence, neuron, time, retires, flags, body[32:52], key), end
