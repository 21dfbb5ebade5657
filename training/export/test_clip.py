"""The exporter against PyTorch and against CLIP Surgery written plainly; the measure against numbers done by hand.

    cd training/export && python -m unittest test_clip
"""

import json
import sys
import tempfile
import unittest
from pathlib import Path

import numpy
import onnxruntime
import torch
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "fixtures" / "clip"))

import make  # noqa: E402
from clip_graphs import DenseVision, Text  # noqa: E402
from export_clip import export, load_clip, load_tokenizer, token_rows  # noqa: E402
from measure_patches import auc, measure, regions_of, summary  # noqa: E402


class ClipTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.checkpoint = Path(cls.folder.name)
        make.make_checkpoint(cls.checkpoint)
        cls.model = load_clip(cls.checkpoint)
        cls.pixels = torch.randn(3, 3, make.IMAGE, make.IMAGE, generator=torch.Generator().manual_seed(3))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_surgery_gives_the_patches_of_the_plain_reference_and_leaves_the_embedding_alone(self):
        with torch.no_grad():
            embeds, patches = DenseVision(self.model, make.SURGERY)(self.pixels)
            expected = torch.nn.functional.normalize(self.model.get_image_features(self.pixels).pooler_output, dim=-1)
            reference = torch.stack([make.plain_reference(self.model, each[None]) for each in self.pixels])
            without = DenseVision(self.model, 0)(self.pixels)[1]
        torch.testing.assert_close(embeds, expected)
        torch.testing.assert_close(patches, reference, atol=1e-5, rtol=1e-4)
        self.assertGreater(float((patches - without).abs().max()), 0.1)

    def test_without_surgery_patches_are_the_projected_last_hidden_state(self):
        with torch.no_grad():
            patches = DenseVision(self.model, 0)(self.pixels)[1]
            last = self.model.vision_model(self.pixels).last_hidden_state[:, 1:]
            expected = self.model.visual_projection(self.model.vision_model.post_layernorm(last))
        torch.testing.assert_close(patches, torch.nn.functional.normalize(expected, dim=-1))

    def test_padding_at_the_end_changes_no_text(self):
        rows = token_rows(load_tokenizer(self.checkpoint), make.TEXTS, make.LENGTH)
        closing = self.model.config.text_config.eos_token_id
        padded = torch.tensor([row + [closing] * (make.LENGTH - len(row)) for row in rows])
        text = Text(self.model, torch.zeros(make.JOINT))
        with torch.no_grad():
            together = text(padded)[0]
            alone = torch.cat([text(torch.tensor([row]))[0] for row in rows])
        torch.testing.assert_close(together, alone)

    def test_exported_graphs_equal_pytorch_in_both_precisions_and_copy_the_settings_as_they_stand(self):
        for half, most in ((False, 1e-4), (True, 1e-2)):
            with tempfile.TemporaryDirectory() as out:
                differences = export(self.checkpoint, Path(out), make.SURGERY, half=half)
                self.assertEqual(len(differences), 2)
                self.assertLess(max(differences.values()), most)
                for name in ("config.json", "preprocessor_config.json", "tokenizer.json"):
                    self.assertEqual((Path(out) / name).read_bytes(), (self.checkpoint / name).read_bytes())
                session = onnxruntime.InferenceSession(str(Path(out) / "onnx" / f"vision_encoder{'_fp16' if half else ''}.onnx"))
                embeds, patches = session.run(None, {"pixel_values": self.pixels.numpy()})
                self.assertEqual((embeds.shape, patches.shape), ((3, make.JOINT), (3, 16, make.JOINT)))

    def test_more_surgery_than_layers_is_refused(self):
        with self.assertRaisesRegex(ValueError, "3 layers"):
            DenseVision(self.model, 4)

    def test_a_folder_without_clip_is_refused_with_a_sentence(self):
        with tempfile.TemporaryDirectory() as empty, self.assertRaisesRegex(SystemExit, "no checkpoint of CLIP"):
            load_clip(Path(empty))

    def test_auc_counts_pairs(self):
        inside = numpy.array([True, False, True, False])
        self.assertEqual(auc(numpy.array([0.9, 0.1, 0.8, 0.2]), inside), 1)
        self.assertEqual(auc(numpy.array([0.1, 0.9, 0.2, 0.8]), inside), 0)
        self.assertEqual(auc(numpy.array([0.5, 0.5, 0.9, 0.1]), inside), 0.875)
        self.assertEqual(summary([(0, 1.0), (0, 0.0), (1, 1.0)])["mean"], 0.75)

    def test_measuring_runs_on_a_folder_of_scenes_and_follows_the_crop(self):
        with tempfile.TemporaryDirectory() as scenes:
            folder = Path(scenes)
            # The crop takes the middle third: of what is white, its upper left quarter.
            mask = numpy.zeros((64, 192), numpy.uint8)
            mask[:, :64] = 255
            mask[:32, 64:96] = 255
            Image.fromarray(numpy.random.default_rng(1).integers(0, 255, (64, 192, 3), dtype=numpy.uint8)).save(folder / "0.png")
            Image.fromarray(mask).save(folder / "0-0.png")
            (folder / "labels.jsonl").write_text(json.dumps({"file": "0.png", "regions": [{"mask": "0-0.png", "texts": ["a flag", "a castle"]}]}) + "\n")
            (region,) = regions_of(folder, self.checkpoint, make.PATCH, 10)
            self.assertEqual(numpy.flatnonzero(region.inside).tolist(), [0, 1, 4, 5])
            figures = measure(self.checkpoint, folder, make.SURGERY, Path(__file__).parent / "unlike_texts.txt", 10)
            self.assertEqual(len(figures), 4)
            for found in figures.values():
                self.assertEqual(len(found["AUC"]), 2)
                self.assertTrue(all(0 <= value <= 1 for _, value in found["AUC"]))


if __name__ == "__main__":
    unittest.main()
