#!/usr/bin/env python3
"""Makes Tests/Golden/codecs: small files of every kind, and what is in them.

    python3 Tests/Oracles/codecs/make_golden.py

PNG files are written byte by byte here, so that what they hold is known without any decoder; Pillow has to
agree where it can. JPEG files are written by Pillow, and what they hold is what Pillow's decoder says.
Needs numpy and Pillow.
"""
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

folder = Path(__file__).resolve().parents[2] / "Golden" / "codecs"
folder.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(22)
expected = {}
W, H = 9, 6


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


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
    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], depth, color_type, 0, 0, int(interlaced))
    if interlaced:
        raw = b"".join(scanlines(samples[y::dy, x::dx], depth) for x, y, dx, dy in ADAM7)
    else:
        raw = scanlines(samples, depth)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", zlib.compress(raw))
            + after + chunk(b"IEND", b""))


def save(name, data, rgba, bits, **more):
    (folder / name).write_bytes(data)
    rgba = np.asarray(rgba)
    expected[name] = {"width": rgba.shape[1], "height": rgba.shape[0], "bits": bits,
                      "rgba": rgba.reshape(-1).tolist(), **more}


def opaque(rgb, bits):
    return np.dstack([rgb, np.full(rgb.shape[:2], 2**bits - 1)])


# PNG: every colour type, depth and interlacing, with and without a transparent colour.
for interlaced in (False, True):
    i = "i" if interlaced else "n"
    for depth in (1, 2, 4, 8, 16):
        gray = rng.integers(0, 2**depth, (H, W, 1))
        bits = max(depth, 8)
        full = gray * (1 if depth >= 8 else 255 // (2**depth - 1))
        rgb = np.repeat(full, 3, axis=2)
        save(f"gray{depth}{i}.png", png(gray, 0, depth, interlaced), opaque(rgb, bits), bits, depth=depth, kind="gray")
        if depth <= 8:
            palette = rng.integers(0, 256, (2**depth, 3))
            index = rng.integers(0, 2**depth, (H, W, 1))
            plte = chunk(b"PLTE", palette.astype(np.uint8).tobytes())
            save(f"palette{depth}{i}.png", png(index, 3, depth, interlaced, plte),
                 opaque(palette[index[:, :, 0]], 8), 8, depth=depth, kind="palette")
        if depth >= 8:
            for channels, color_type, name in ((3, 2, "rgb"), (2, 4, "graya"), (4, 6, "rgba")):
                s = rng.integers(0, 2**depth, (H, W, channels))
                if channels == 3:
                    rgba = opaque(s, bits)
                elif channels == 2:
                    rgba = np.dstack([np.repeat(s[:, :, :1], 3, axis=2), s[:, :, 1]])
                else:
                    rgba = s
                save(f"{name}{depth}{i}.png", png(s, color_type, depth, interlaced), rgba, bits, depth=depth,
                     kind="gray" if channels == 2 else "rgb")

gray = np.arange(H * W).reshape(H, W, 1) % 16
rgba = np.dstack([np.repeat(gray * 17, 3, axis=2), np.where(gray[:, :, 0] == 5, 0, 255)])
save("gray4-keyed.png", png(gray, 0, 4, before=chunk(b"tRNS", struct.pack(">H", 5))), rgba, 8, depth=4, kind="gray")
rgb = rng.integers(0, 65536, (H, W, 3))
key = rgb[2, 3]
rgba = np.dstack([rgb, np.where((rgb == key).all(axis=2), 0, 65535)])
save("rgb16-keyed.png", png(rgb, 2, 16, before=chunk(b"tRNS", struct.pack(">HHH", *key))), rgba, 16, depth=16, kind="rgb")
palette, alpha = rng.integers(0, 256, (16, 3)), rng.integers(0, 256, 11)
index = rng.integers(0, 16, (H, W, 1))
rgba = np.dstack([palette[index[:, :, 0]], np.append(alpha, [255] * 5)[index[:, :, 0]]])
save("palette4-alpha.png",
     png(index, 3, 4, before=chunk(b"PLTE", palette.astype(np.uint8).tobytes()) + chunk(b"tRNS", alpha.astype(np.uint8).tobytes())),
     rgba, 8, depth=4, kind="palette")


# Orientation, in both formats and with 16 bits: stored so that all show the same picture.
def stored(picture, orientation):
    turn = {1: lambda a: a, 2: np.fliplr, 3: lambda a: np.rot90(a, 2), 4: np.flipud, 5: lambda a: a.swapaxes(0, 1),
            6: lambda a: np.rot90(a, 1), 7: lambda a: np.rot90(a, 2).swapaxes(0, 1), 8: lambda a: np.rot90(a, 3)}
    return turn[orientation](picture)


def tiff(orientation, resolution=None, unit=2, order=">"):
    entries = [(0x0112, 3, struct.pack(order + "HH", orientation, 0))]
    tail = b""
    if resolution:
        start = 8 + 2 + 4 * 12 + 4
        entries += [(0x011A, 5, struct.pack(order + "I", start)), (0x011B, 5, struct.pack(order + "I", start + 8)),
                    (0x0128, 3, struct.pack(order + "HH", unit, 0))]
        tail = b"".join(struct.pack(order + "II", *r) for r in resolution)
    head = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(order + "I", 8) + struct.pack(order + "H", len(entries))
    return head + b"".join(struct.pack(order + "HHI", t, k, 1) + v for t, k, v in entries) + bytes(4) + tail


picture16 = rng.integers(0, 65536, (H, W, 3))
smooth = np.clip(np.add.outer(np.arange(H) * 20, np.arange(W) * 12) + 10, 0, 255)
for orientation in range(1, 9):
    order = ">" if orientation % 2 else "<"
    exif = tiff(orientation, order=order)
    save(f"turned{orientation}-rgb16.png", png(stored(picture16, orientation), 2, 16, before=chunk(b"eXIf", exif)),
         opaque(picture16, 16), 16, depth=16, kind="rgb", orientation=orientation)
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(stored(smooth, orientation)).astype(np.uint8)).save(
        buffer, "JPEG", quality=100, exif=b"Exif\0\0" + exif)
    save(f"turned{orientation}.jpg", buffer.getvalue(), opaque(np.dstack([smooth] * 3), 8), 8, depth=8, kind="gray",
         orientation=orientation, tolerance=2)

# Density in all forms; millimetres a pixel.
small = rng.integers(0, 256, (2, 3, 1))
plain = opaque(np.repeat(small, 3, axis=2), 8)
for name, before, scale in (
    ("density-phys.png", chunk(b"pHYs", struct.pack(">IIB", 20000, 10000, 1)), [0.05, 0.1]),
    ("density-phys-ratio.png", chunk(b"pHYs", struct.pack(">IIB", 2, 1, 0)), None),
    ("density-phys-72.png", chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1)), None),
    ("density-exif-cm.png", chunk(b"eXIf", tiff(1, [(1000, 4), (2000, 4)], 3)), [0.04, 0.02]),
    ("density-turned.png", chunk(b"pHYs", struct.pack(">IIB", 20000, 10000, 1)) + chunk(b"eXIf", tiff(6)), [0.1, 0.05]),
):
    turned = name == "density-turned.png"
    save(name, png(small, 0, 8, before=before), np.rot90(plain, -1) if turned else plain, 8, depth=8, kind="gray",
         scale=scale, orientation=6 if turned else 1)

text = (chunk(b"tEXt", b"Title\0caf\xe9") + chunk(b"iTXt", b"Comment\0\0\0de\0Kommentar\0" + "Lackfehler 漆".encode())
        + chunk(b"zTXt", b"Long\0\0" + zlib.compress(b"not read")))
save("text.png", png(small, 0, 8, before=text), plain, 8, depth=8, kind="gray",
     text=[["Title", "café"], ["Comment", "Lackfehler 漆"]], warnings=["compressed text was left out"])


# JPEG.
def jpeg(name, image, kind, tolerance=0, **options):
    more = {k: options.pop(k) for k in ("scale", "text") if k in options}
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **options)
    rgb = np.asarray(Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")).astype(int)
    save(name, buffer.getvalue(), opaque(rgb, 8), 8, depth=8, kind=kind, tolerance=tolerance, **more)


y, x = np.mgrid[0:19, 0:21]
color = np.dstack([x * 12, y * 13, (x * y) % 256]).astype(np.uint8)
color = Image.fromarray(color)
gray = color.convert("L")
jpeg("gray.jpg", gray, "gray", quality=90)
jpeg("gray-progressive.jpg", gray, "gray", quality=90, progressive=True)
for sampling, label in ((0, "444"), (1, "422"), (2, "420")):
    jpeg(f"color{label}.jpg", color, "yCbCr", quality=90, subsampling=sampling)
    jpeg(f"color{label}-progressive.jpg", color, "yCbCr", quality=90, subsampling=sampling, progressive=True)
jpeg("restarts.jpg", color, "yCbCr", quality=90, restart_marker_blocks=1)
jpeg("rgb.jpg", color, "rgb", quality=90, keep_rgb=True)
jpeg("cmyk.jpg", color.convert("CMYK"), "cmyk", tolerance=1, quality=95)
jpeg("density-jfif-inch.jpg", gray, "gray", dpi=(254, 508), scale=[0.1, 0.05])
jpeg("density-jfif-96.jpg", gray, "gray", dpi=(96, 96), scale=None)
jpeg("density-exif.jpg", gray, "gray", exif=b"Exif\0\0" + tiff(1, [(2540, 10), (5080, 10)], 2), scale=[0.1, 0.05])
jpeg("comment.jpg", gray, "gray", comment="Lackfehler 漆".encode(), text=[["Comment", "Lackfehler 漆"]])
data = (folder / "density-jfif-inch.jpg").read_bytes()
place = data.index(b"JFIF") + 7
save("density-jfif-cm.jpg", data[:place] + struct.pack(">BHH", 2, 200, 100) + data[place + 5:],
     np.array(expected["gray.jpg"]["rgba"]).reshape(19, 21, 4) * 0 + np.array(
         expected["density-jfif-inch.jpg"]["rgba"]).reshape(19, 21, 4), 8, depth=8, kind="gray", scale=[0.05, 0.1])
save("density-jfif-none.jpg", data[:place] + struct.pack(">BHH", 0, 200, 100) + data[place + 5:],
     np.array(expected["density-jfif-inch.jpg"]["rgba"]).reshape(19, 21, 4), 8, depth=8, kind="gray", scale=None)

# Pillow has to agree with what is written above, where it keeps all bits and keys (it does not scale them).
for name, entry in expected.items():
    if name.endswith(".png") and entry["bits"] == 8 and not any(w in name for w in ("turned", "keyed")):
        pixels = np.asarray(Image.open(folder / name).convert("RGBA")).astype(int)
        assert (pixels.reshape(-1) == entry["rgba"]).all(), name

lines = ",\n".join(f"{json.dumps(n)}: {json.dumps(e, separators=(',', ':'))}" for n, e in expected.items())
(folder / "expected.json").write_text("{\n" + lines + "\n}\n")
(folder / "README.md").write_text(
    "Small PNG and JPEG files of every kind, and in `expected.json` what is in them: size, depth, RGBA samples as\n"
    "displayed, orientation, scale and text. Made by `Tests/Oracles/codecs/make_golden.py`.\n")
print(len(expected), "files")
