"""What the golden files of tests/fixtures/vlm do not show: one tower for retrieval, relevance and generation.

    cd training/export && python -m unittest test_vlm
"""

import tempfile
import unittest
from pathlib import Path

import onnxruntime
import torch
from transformers import CLIPConfig, CLIPModel, CLIPTextConfig

from clip_graphs import DenseVision
from export_vlm import export_vlm
from tiny_checkpoints import ARCHITECTURES, IMAGE_SIZE, PATCH_SIZE, save_checkpoint

LLAVA = ARCHITECTURES[0]


class OneTowerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.checkpoint, cls.clip = Path(cls.folder.name) / "llava", Path(cls.folder.name) / "clip"
        cls.model, _ = save_checkpoint(LLAVA, cls.checkpoint, seed=7)
        text = CLIPTextConfig(vocab_size=64, hidden_size=16, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2, projection_dim=16)
        vision = cls.model.config.vision_config
        cls.theirs = CLIPModel(CLIPConfig(text_config=text.to_dict(), vision_config=vision.to_dict(), projection_dim=16)).eval()
        cls.theirs.vision_model.load_state_dict(cls.model.model.vision_tower.state_dict())
        cls.theirs.save_pretrained(cls.clip)
        cls.pixels = torch.randn(3, 3, IMAGE_SIZE, IMAGE_SIZE, generator=torch.Generator().manual_seed(1))

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def test_one_pass_gives_clips_embedding_its_patches_and_llavas_features(self) -> None:
        out, encoder = Path(self.folder.name) / "out", Path(self.folder.name) / "encoder"
        export_vlm(self.checkpoint, out, ["fp32"], self.clip, encoder)
        self.assertEqual(sorted(path.name for path in (out / "onnx").iterdir()), ["decoder_model_merged.onnx", "embed_tokens.onnx"])
        session = onnxruntime.InferenceSession(encoder / "onnx" / "vision_encoder.onnx")
        embeds, patches, features = (torch.from_numpy(output) for output in session.run(None, {"pixel_values": self.pixels.numpy()}))
        with torch.no_grad():
            seen = self.theirs.get_image_features(self.pixels).pooler_output
            expected = torch.stack(list(self.model.model.get_image_features(self.pixels).pooler_output))
        torch.testing.assert_close(embeds, torch.nn.functional.normalize(seen, dim=-1), atol=1e-4, rtol=1e-3)
        torch.testing.assert_close(features, expected, atol=1e-3, rtol=1e-3)
        self.assertEqual(patches.shape, (3, (IMAGE_SIZE // PATCH_SIZE) ** 2, 16))
        with torch.no_grad():
            _, dense = DenseVision(self.theirs, self.theirs.config.vision_config.num_hidden_layers)(self.pixels)
        torch.testing.assert_close(patches, dense, atol=1e-4, rtol=1e-3)

    def test_another_models_clip_is_refused(self) -> None:
        other = CLIPModel(self.theirs.config)
        other.save_pretrained(Path(self.folder.name) / "other")
        with self.assertRaisesRegex(SystemExit, "is not this CLIP"):
            export_vlm(self.checkpoint, Path(self.folder.name) / "none", ["fp32"], Path(self.folder.name) / "other", Path(self.folder.name) / "nowhere")


if __name__ == "__main__":
    unittest.main()
