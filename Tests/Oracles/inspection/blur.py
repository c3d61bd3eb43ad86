"""How blur shows in the station check: the table of RecipeReference.md.

Paints panels with the simulator, in and out of focus (the lens blurs before the sensor's noise comes), and blurs sharp
ones afterwards (processing, which takes the noise along). Says for each how many of the pictures the built-in recipe
refuses to judge, and how many a recipe refuses that `clearcoat calibrate` made of sharp pictures of the same paint.

    python3 Tests/Oracles/inspection/blur.py .build/release/clearcoat [folder]
"""

import json
import math
import pathlib
import subprocess
import sys
import tempfile

PAINTS = ["smoothLight", "solidDark", "red", "orangePeelFine", "orangePeelCoarse", "metallicSilver", "metallicDark"]
SIGMAS = [0.5, 1, 2, 3, 5]
SHARP = 0.7
GOOD, TRIED = 20, 6


def run(*arguments, **options):
    return subprocess.run([str(each) for each in arguments], check=True, capture_output=True, text=True, **options)


def paint(program, folder, surface, count, seed, sigma):
    blur = math.hypot(SHARP, sigma)
    run(program, "simulate", "--output", folder, "--surface", surface, "--width", 1200, "--height", 900, "--clean", 1,
        "--count", count, "--seed", seed, "--blur", f"{blur:.3f}")
    return sorted(folder.glob("*.png"))


def judged(program, pictures, recipe=None):
    """The records of pictures."""
    extra = ["--recipe", recipe] if recipe else []
    done = run(program, "inspect", "--files-from", "-", "--ndjson", *extra, input="\n".join(map(str, pictures)))
    return [json.loads(line) for line in done.stdout.splitlines()]


def refused(records):
    return sum(record["verdict"] == "cannotJudge" for record in records)


def middle(records, measure):
    values = sorted(v for v in (record["quality"][measure] for record in records) if v is not None)
    return "-" if len(values) < len(records) else f"{values[len(values) // 2]:.2f}"


def main(program, folder):
    for surface in PAINTS:
        home = folder / surface
        recipe = home / "calibrated.yaml"
        sharp = paint(program, home / "sharp", surface, TRIED, 12, 0)
        paint(program, home / "good", surface, GOOD, 11, 0)
        told = run(program, "calibrate", home / "good", "--output", recipe).stderr
        print("#", surface, next((line for line in told.splitlines() if line.startswith("focus")), ""))
        records = judged(program, sharp, recipe)
        print(f"{surface:17} sharp     focus {middle(records, 'focus'):>5} grain {middle(records, 'grain')} "
              f"calibrated refuses {refused(records)}, built-in {refused(judged(program, sharp))} of {TRIED}")
        for sigma in SIGMAS:
            lens = paint(program, home / f"lens-{sigma}", surface, TRIED, 12, sigma)
            records = judged(program, lens, recipe)
            print(f"{surface:17} lens  {sigma:3} focus {middle(records, 'focus'):>5} grain {middle(records, 'grain')} "
                  f"calibrated refuses {refused(records)}, built-in {refused(judged(program, lens))} of {TRIED}")
        for sigma in SIGMAS:
            after = home / f"after-{sigma}"
            after.mkdir(exist_ok=True)
            for picture in sharp:
                run(program, "filter", "gaussian", picture, after / picture.name, "--sigma", sigma)
            records = judged(program, sorted(after.glob("*.png")))
            print(f"{surface:17} after {sigma:3} focus {middle(records, 'focus'):>5} grain {middle(records, 'grain')} "
                  f"built-in refuses {refused(records)} of {TRIED}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(sys.argv[1], pathlib.Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(sys.argv[1], pathlib.Path(place))
