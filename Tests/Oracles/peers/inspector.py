"""`clearcoat` as the scripts of this folder use it: pictures in, marks out."""

import json
import subprocess

import cv2
import numpy as np

from detectors import Mark


class Clearcoat:
    """The binary, with a folder for pictures that are thrown away and recipes that are kept."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        folder.mkdir(parents=True, exist_ok=True)
        self.built_in = subprocess.run([binary, "recipe", "show"], check=True, capture_output=True, text=True).stdout
        assert "falseAlarms: 0.1 per image" in self.built_in

    def recipe(self, name, changes):
        """The built-in recipe with some text exchanged."""
        text = self.built_in
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        (self.folder / name).write_text(text)
        return self.folder / name

    def calibrated(self, pictures, recipe):
        """A recipe whose threshold keeps to the rate on these clean panels, and that threshold's factor."""
        output = self.folder / "calibrated.yaml"
        subprocess.run([self.binary, "calibrate", *self.written(pictures), "--recipe", recipe, "--output", output, "--jobs",
                        "1"], check=True, stderr=subprocess.DEVNULL)
        return output, next(line.strip() for line in output.read_text().splitlines() if "thresholdFactor" in line)

    def written(self, pictures):
        """The pictures as files: PNG, or bytes as they are."""
        paths = []
        for index, picture in enumerate(pictures):
            paths.append(self.folder / f"{index:04}.png")
            if not isinstance(picture, bytes):
                picture = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
            paths[-1].write_bytes(picture)
        return paths

    def records(self, pictures, recipes):
        """For each named recipe (None is the built-in one) the records of the pictures."""
        paths = self.written(pictures)
        answer = {}
        for name, recipe in recipes.items():
            out = subprocess.run([self.binary, "inspect", "--files-from", "-", "--ndjson", "--jobs", "1",
                                  *(["--recipe", recipe] if recipe else [])],
                                 input="\n".join(map(str, paths)), check=True, capture_output=True, text=True).stdout
            answer[name] = [json.loads(line) for line in out.splitlines()]
        for path in paths:
            path.unlink()
        return answer

    def marks(self, pictures, recipes):
        return {name: [[self.mark(f) for f in record["findings"]] for record in records]
                for name, records in self.records(pictures, recipes).items()}

    @staticmethod
    def mark(finding):
        box, outline = finding["boundingBox"], np.round(np.array(finding["contour"])).astype(np.int32)
        pixels = np.zeros((box["height"], box["width"]), np.uint8)
        cv2.fillPoly(pixels, [outline - [box["x"], box["y"]]], 1)
        return Mark(box["x"], box["y"], pixels > 0, (finding["centroid"]["x"], finding["centroid"]["y"]))
