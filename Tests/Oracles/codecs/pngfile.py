"""Writes PNG files byte by byte, so that what they hold is known without any decoder."""
import struct
import zlib

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def header(width, height, color_type, depth, interlaced=False):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced)))


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def scanlines(samples, depth):
    """Rows of `samples` (rows, columns, channels), each after its filter byte 0, packed to `depth` bits."""
    out = b""
    for row in samples:
        if row.size == 0:
            continue
        if depth == 16:
            packed = row.astype(">u2").tobytes()
        elif depth == 8:
            packed = row.astype(np.uint8).tobytes()
        else:
            bits = ((row.reshape(-1, 1) >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8)
            packed = np.packbits(bits.reshape(-1)).tobytes()
        out += b"\0" + packed
    return out


def png(samples, color_type, depth, interlaced=False, before=b"", after=b""):
    if interlaced:
        raw = b"".join(scanlines(samples[y::dy, x::dx], depth) for x, y, dx, dy in ADAM7)
    else:
        raw = scanlines(samples, depth)
    return (SIGNATURE + header(samples.shape[1], samples.shape[0], color_type, depth, interlaced) + before + chunk(b"IDAT", zlib.compress(raw))
            + after + chunk(b"IEND", b""))


def paeth(left, above, corner):
    """The one of the three that is nearest to left + above - corner; of equals the first."""
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))


def filtered(raw, row_bytes, pixel_bytes, filters):
    """Rows of `row_bytes` bytes, each through the filter whose number `filters` says, from their definitions."""
    out, above = b"", bytes(row_bytes)
    for index, number in enumerate(filters):
        row = raw[index * row_bytes:(index + 1) * row_bytes]
        predicted = bytearray()
        for x in range(row_bytes):
            left = row[x - pixel_bytes] if x >= pixel_bytes else 0
            corner = above[x - pixel_bytes] if x >= pixel_bytes else 0
            predicted.append((0, left, above[x], (left + above[x]) // 2, paeth(left, above[x], corner))[number])
        out += bytes([number]) + bytes((a - b) % 256 for a, b in zip(row, predicted))
        above = row
    return out
