"""Brings background photographs that ship inside two packages of PyPI: scikit-learn and an old scikit-image.

Neither is imported; the pictures are taken out of the wheels. Without them, scenes use drawn backgrounds only.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import cv2
import numpy as np

WHEELS = [
    ["scikit-image==0.16.2", "--python-version", "3.8", "--implementation", "cp", "--abi", "cp38", "--platform", "manylinux1_x86_64"],
    ["scikit-learn==1.5.2", "--python-version", "3.11", "--implementation", "cp", "--platform", "manylinux2014_x86_64", "--platform", "manylinux_2_17_x86_64"],
]
SPLITS = {
    "train": ["china.jpg", "coffee.png", "motorcycle_left.png", "grass.png", "brick.png", "page.png", "ihc.png"],
    "test": ["flower.jpg", "chelsea.png", "gravel.png", "coins.png"],
}
"""Astronaut and rocket are left out: they show a flag."""


def main() -> None:
    out = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for wheel in WHEELS:
            subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", folder, *wheel], check=True)
        pictures = {}
        for path in Path(folder).glob("*.whl"):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.endswith((".jpg", ".png")):
                        pictures.setdefault(Path(name).name, archive.read(name))
    for split, names in SPLITS.items():
        (out / split).mkdir(parents=True, exist_ok=True)
        for name in names:
            image = cv2.imdecode(np.frombuffer(pictures[name], np.uint8), cv2.IMREAD_COLOR)
            cv2.imwrite(str(out / split / f"{Path(name).stem}.jpg"), image, [cv2.IMWRITE_JPEG_QUALITY, 92])
    print(f"{sum(map(len, SPLITS.values()))} photographs in {out}")


if __name__ == "__main__":
    main()
