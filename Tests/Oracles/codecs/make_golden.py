#!/usr/bin/env python3
"""Makes Tests/Golden/codecs: small files of every kind, and what is in them.

    python3 Tests/Oracles/codecs/make_golden.py

PNG files are written byte by byte here, so that what they hold is known without any decoder; Pillow has to
agree where it can. JPEG files are written by Pillow, and what they hold is what Pillow's decoder says.
Needs numpy, Pillow and cjpeg (Debian: libjpeg-turbo-progs).
"""
import io
import json
import struct
import subprocess
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

from pngfile import SIGNATURE, chunk, filtered, header, png, scanlines

folder = Path(__file__).resolve().parents[2] / "Golden" / "codecs"
folder.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(22)
expected = {}
W, H = 9, 6


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

# The other keyed colours, with and without interlacing.
gray = rng.integers(0, 65536, (H, W, 1))
rgba = np.dstack([np.repeat(gray, 3, axis=2), np.where(gray[:, :, 0] == gray[1, 2, 0], 0, 65535)])
save("gray16-keyed.png", png(gray, 0, 16, True, chunk(b"tRNS", struct.pack(">H", gray[1, 2, 0]))), rgba, 16, depth=16, kind="gray")
rgb = rng.integers(0, 256, (H, W, 3))
key = rgb[3, 4]
rgba = np.dstack([rgb, np.where((rgb == key).all(axis=2), 0, 255)])
save("rgb8-keyed.png", png(rgb, 2, 8, before=chunk(b"tRNS", struct.pack(">HHH", *key))), rgba, 8, depth=8, kind="rgb")
palette, alpha = rng.integers(0, 256, (4, 3)), rng.integers(0, 256, 4)
index = rng.integers(0, 4, (H, W, 1))
save("palette2i-alpha.png",
     png(index, 3, 2, True, chunk(b"PLTE", palette.astype(np.uint8).tobytes()) + chunk(b"tRNS", alpha.astype(np.uint8).tobytes())),
     np.dstack([palette[index[:, :, 0]], alpha[index[:, :, 0]]]), 8, depth=2, kind="palette")
picture = rng.integers(0, 256, (H, W, 2))
save("graya-background.png", png(picture, 4, 8, before=chunk(b"bKGD", struct.pack(">H", 255))),
     np.dstack([np.repeat(picture[:, :, :1], 3, axis=2), picture[:, :, 1]]), 8, depth=8, kind="gray")

# Pixels are taken as encoded: what says how bright or which colour they are changes none.
rgb = rng.integers(0, 256, (H, W, 3))
profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
profile[24:36] = bytes(12)  # the date
profile = bytes(profile)
for name, before in (
    ("gamma.png", chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 64000, 33000, 15000, 6000, 30000, 60000))),
    ("srgb.png", chunk(b"sRGB", b"\0") + chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"sBIT", b"\5\6\5")),
    ("icc.png", chunk(b"iCCP", b"sRGB\0\0" + zlib.compress(profile))),
):
    save(name, png(rgb, 2, 8, before=before), opaque(rgb, 8), 8, depth=8, kind="rgb")

# Every filter on every kind of row, from 0 (none) to 4 (Paeth) and in another order.
order = [0, 1, 2, 3, 4, 2, 4, 1, 3, 0, 4, 3]
for name, channels, color_type, depth in (("filters-gray1", 1, 0, 1), ("filters-gray8", 1, 0, 8), ("filters-rgb8", 3, 2, 8),
                                          ("filters-graya16", 2, 4, 16), ("filters-rgba16", 4, 6, 16)):
    s = rng.integers(0, 2**depth, (len(order), 11, channels))
    row_bytes = (11 * channels * depth + 7) // 8
    unfiltered = {1: lambda: np.packbits(s.reshape(len(order), 11), axis=1).tobytes(), 8: lambda: s.astype(np.uint8).tobytes(),
                  16: lambda: s.astype(">u2").tobytes()}[depth]()
    data = zlib.compress(filtered(unfiltered, row_bytes, max(1, channels * depth // 8), order))
    file = SIGNATURE + header(11, len(order), color_type, depth) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    full = s * 255 if depth == 1 else s
    rgb = np.repeat(full[:, :, :1], 3, axis=2) if channels < 3 else full[:, :, :3]
    rgba = opaque(rgb, max(depth, 8)) if channels % 2 else np.dstack([rgb, full[:, :, -1]])
    save(name + ".png", file, rgba, max(depth, 8), depth=depth, kind="gray" if channels < 3 else "rgb")

# Image data in many pieces, some of them empty; pictures of few pixels, where passes are empty.
gray = rng.integers(0, 256, (H, W, 1))
data = zlib.compress(scanlines(gray, 8))
pieces = b"".join(chunk(b"IDAT", data[n:n + 1]) + chunk(b"IDAT", b"") for n in range(len(data)))
save("pieces.png", SIGNATURE + header(W, H, 0, 8) + pieces + chunk(b"IEND", b""), opaque(np.repeat(gray, 3, axis=2), 8), 8,
     depth=8, kind="gray")
for width, height in ((1, 1), (2, 2), (3, 1), (1, 5), (5, 3), (4, 7)):
    gray = rng.integers(0, 65536, (height, width, 1))
    save(f"size{width}x{height}i.png", png(gray, 0, 16, True), opaque(np.repeat(gray, 3, axis=2), 16), 16, depth=16, kind="gray")

# The rest of JPEG: other samplings, scans by component, 16-bit tables, a colour profile, YCCK.
def cjpeg(name, *options, script=None):
    more = []
    if script:
        (folder / "scans.txt").write_text(script)
        more = ["-scans", str(folder / "scans.txt")]
    pixels = np.asarray(color)
    ppm = b"P6 %d %d 255\n" % (pixels.shape[1], pixels.shape[0]) + pixels.tobytes()
    data = subprocess.run(["cjpeg", *options, *more], input=ppm, stdout=subprocess.PIPE, check=True).stdout
    if script:
        (folder / "scans.txt").unlink()
    keep(name, data, "yCbCr")


def keep(name, data, kind, **more):
    rgb = np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)
    save(name, data, opaque(rgb, 8), 8, depth=8, kind=kind, **more)


for sampling in ("4x1", "1x2", "4x2"):
    cjpeg(f"color-{sampling}.jpg", "-quality", "90", "-sample", sampling)
cjpeg("scans.jpg", "-quality", "90", "-sample", "2x1", script="0; 1; 2;")
cjpeg("tables16.jpg", "-quality", "1", "-sample", "1x1")
jpeg("icc.jpg", color, "yCbCr", quality=90, icc_profile=profile)
data = bytearray((folder / "cmyk.jpg").read_bytes())
data[data.index(b"Adobe") + 11] = 2
keep("ycck.jpg", bytes(data), "cmyk", tolerance=1)
jpeg("one.jpg", Image.fromarray(np.array([[77]], np.uint8)), "gray", quality=100)
data = (folder / "gray.jpg").read_bytes()
keep("trailing.jpg", data + b"another file", "gray")

# Pillow has to agree with what is written above, where it keeps all bits and keys (it does not scale them).
for name, entry in expected.items():
    if name.endswith(".png") and entry["bits"] == 8 and not any(w in name for w in ("turned", "keyed")):
        pixels = np.asarray(Image.open(folder / name).convert("RGBA")).astype(int)
        assert (pixels.reshape(-1) == entry["rgba"]).all(), name

lines = ",\n".join(f"{json.dumps(n)}: {json.dumps(e, separators=(',', ':'))}" for n, e in expected.items())
(folder / "expected.json").write_text("{\n" + lines + "\n}\n")
(folder / "README.md").write_text(
    "Small PNG and JPEG files of every kind, and in `expected.json` what is in them: size, depth, RGBA samples as\n"
    "displayed, orientation, scale and text. Made by `Tests/Oracles/codecs/make_golden.py`. Files that must not become\n"
    "a picture are in `refused`, with the code of each one's error; made by `make_refused.py` beside it.\n")
print(len(expected), "files")
