#!/usr/bin/env python3
"""Makes Tests/Golden/codecs/refused: small files that must not become a picture, and with which error code.

    python3 Tests/Oracles/codecs/make_refused.py

The first fourteen are broken in the ways of PngSuite's corrupt files. Needs numpy, Pillow, cjpeg and jpegtran
(Debian: libjpeg-turbo-progs).
"""
import io
import json
import struct
import subprocess
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from pngfile import SIGNATURE, chunk, header, png

golden = Path(__file__).resolve().parents[2] / "Golden" / "codecs"
folder = golden / "refused"
folder.mkdir(parents=True, exist_ok=True)
codes = {}


def save(name, data, code):
    (folder / name).write_bytes(data)
    codes[name] = code


def flipped(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1:]


samples = np.arange(9 * 6).reshape(6, 9, 1) * 4
sound = png(samples, 0, 8)
data = sound[33:]  # all after the header

# The signature, as PngSuite breaks it: a byte, and what line-end conversion does to it.
for place in (0, 1, 3, 6):
    save(f"signature{place}.png", flipped(sound, place), "image.unknown-format")
save("signature-cr.png", sound.replace(b"\r\n", b"\r\r\n", 1), "image.unknown-format")
save("signature-lf.png", sound.replace(b"\r\n", b"\n", 1), "image.unknown-format")
save("header-checksum.png", flipped(sound, 30), "image.malformed")
for color_type, depth in ((1, 8), (9, 8), (2, 0), (2, 3), (2, 99)):
    save(f"color{color_type}-depth{depth}.png", SIGNATURE + header(9, 6, color_type, depth) + data, "image.malformed")
save("no-data.png", sound[:33] + chunk(b"IEND", b""), "image.malformed")
save("data-checksum.png", flipped(sound, 8 + 25 + 8 + 20), "image.malformed")

# What else can be wrong with one.
stream = zlib.compress(np.hstack([np.zeros((6, 1), np.uint8), samples[:, :, 0].astype(np.uint8)]).tobytes())


def around(idat):
    return SIGNATURE + header(9, 6, 0, 8) + chunk(b"IDAT", idat) + chunk(b"IEND", b"")


assert around(stream) == sound
save("adler.png", around(flipped(stream, len(stream) - 1)), "image.malformed")
save("deflate.png", around(stream[:2] + b"\xff" * 20), "image.malformed")
save("short-data.png", around(zlib.compress(bytes(10 * 3))), "image.malformed")
save("filter5.png", around(zlib.compress(b"\5" * 60)), "image.malformed")
save("no-palette.png", png(samples % 2, 3, 8), "image.malformed")
save("palette-index.png", png(samples, 3, 8, before=chunk(b"PLTE", bytes(6))), "image.malformed")
save("zero-width.png", SIGNATURE + header(0, 6, 0, 8) + data, "image.malformed")
save("unknown-critical.png", sound[:33] + chunk(b"NEWS", b"") + data, "image.malformed")
save("huge.png", SIGNATURE + header(2**31 - 1, 2**31 - 1, 0, 8) + data, "image.too-large")
save("few-bytes.png", SIGNATURE + header(14000, 14000, 0, 8) + data, "image.truncated")
save("no-end.png", sound[:-12], "image.truncated")
save("empty.png", b"", "image.empty")
save("gif.png", b"GIF89a" + bytes(20), "image.unknown-format")

# JPEG: kinds that are not read, and data that is not there.
y, x = np.mgrid[0:40, 0:48]
picture = np.dstack([x * 5, y * 6, x * y % 256]).astype(np.uint8)


def tool(*command, data):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


ppm = b"P6 48 40 255\n" + picture.tobytes()
baseline = tool("cjpeg", "-quality", "90", data=ppm)
progressive = tool("cjpeg", "-quality", "90", "-progressive", data=ppm)
save("arithmetic.jpg", tool("cjpeg", "-quality", "90", "-arithmetic", data=ppm), "image.unsupported")
save("arithmetic-progressive.jpg", tool("jpegtran", "-arithmetic", "-progressive", data=progressive), "image.unsupported")


def lossless(gray):
    """ITU-T T.81 annex H with predictor 1 and codes of four bits: the number of bits of the difference, then those."""
    bits = ""
    for row in range(gray.shape[0]):
        for column in range(gray.shape[1]):
            if column:
                guess = int(gray[row, column - 1])
            else:
                guess = int(gray[row - 1, 0]) if row else 128
            difference = int(gray[row, column]) - guess
            size = abs(difference).bit_length()
            bits += format(size, "04b")
            if size:
                bits += format(difference if difference > 0 else difference + 2**size - 1, f"0{size}b")
    bits += "1" * (-len(bits) % 8)
    data = bytes(int(bits[n:n + 8], 2) for n in range(0, len(bits), 8)).replace(b"\xff", b"\xff\0")
    table = b"\xff\xc4" + struct.pack(">H", 19 + 9) + b"\0" + bytes([0, 0, 0, 9] + [0] * 12) + bytes(range(9))
    frame = b"\xff\xc3" + struct.pack(">HBHHB", 11, 8, *gray.shape, 1) + b"\1\x11\0"
    return b"\xff\xd8" + frame + table + b"\xff\xda\0\x08\1\1\0\1\0\0" + data + b"\xff\xd9"


save("lossless.jpg", lossless(picture[:, :, 1]), "image.unsupported")
decoded = np.asarray(Image.open(folder / "lossless.jpg"))  # a Pillow with libjpeg-turbo 3 reads it
assert (decoded == picture[:, :, 1]).all()


def with_frame(data, marker, offset, value):
    """The file with other bytes in its frame header, `offset` bytes after the marker."""
    place = data.index(b"\xff" + bytes([marker])) + offset
    return data[:place] + value + data[place + len(value):]


save("twelve-bits.jpg", with_frame(baseline, 0xC0, 4, b"\x0c"), "image.unsupported")
save("hierarchical.jpg", with_frame(baseline, 0xC0, 1, b"\xc5"), "image.unsupported")
save("huge.jpg", with_frame(baseline, 0xC0, 5, b"\xff\0\xff\0"), "image.too-large")
save("wide.jpg", with_frame(baseline, 0xC0, 5, b"\0\x28\xff\xff"), "image.over-limit")
save("few-bytes.jpg", with_frame(baseline, 0xC0, 5, b"\x20\0\x20\0"), "image.truncated")
save("taller.jpg", with_frame(baseline, 0xC0, 5, b"\0\x60"), "image.truncated")
save("shorter.jpg", with_frame(baseline, 0xC0, 5, b"\0\x10"), "image.malformed")
save("no-height.jpg", with_frame(baseline, 0xC0, 5, b"\0\0"), "image.malformed")
save("cut.jpg", baseline[:len(baseline) * 2 // 3], "image.truncated")
save("cut-with-end.jpg", baseline[:len(baseline) * 2 // 3] + b"\xff\xd9", "image.truncated")
save("cut-progressive.jpg", progressive[:len(progressive) * 2 // 3], "image.truncated")
save("no-end.jpg", baseline[:-2], "image.truncated")
scan = baseline.index(b"\xff\xda")
save("no-scan.jpg", baseline[:scan] + b"\xff\xd9", "image.malformed")
save("header-only.jpg", baseline[:20], "image.truncated")
buffer = io.BytesIO()
Image.fromarray(picture).save(buffer, "JPEG", quality=90, restart_marker_blocks=1)
restarts = buffer.getvalue()
second = restarts.index(b"\xff\xd1")
save("restart-missing.jpg", restarts[:restarts.index(b"\xff\xd0")] + restarts[second:], "image.malformed")

lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(code)}" for name, code in codes.items())
(folder / "refused.json").write_text("{\n" + lines + "\n}\n")
print(len(codes), "files")
