"""A LLaVA of a real one's shape with random weights, to measure time with: what it says means nothing.

  python training/export/make_bench_llava.py OUT
CLIP's ViT-B/16 at 224 x 224 pixels (196 patches) before a Llama of 12 layers of width 1024: some 270 million parameters, int8.
"""

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from transformers import CLIPVisionConfig, LlamaConfig, LlavaConfig, LlavaForConditionalGeneration, LlavaProcessor
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from export_vlm import export_vlm
from tiny_checkpoints import ARCHITECTURES, LLAVA_TEMPLATE, image_id, save_checkpoint

IMAGE_SIZE, PATCH_SIZE = 224, 16


def model(tokenizer) -> LlavaForConditionalGeneration:
    vision = CLIPVisionConfig(image_size=IMAGE_SIZE, patch_size=PATCH_SIZE)
    ids = {"pad_token_id": tokenizer.pad_token_id, "bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id}
    text = LlamaConfig(vocab_size=16000, hidden_size=1024, intermediate_size=2816, num_hidden_layers=12, num_attention_heads=16, num_key_value_heads=16, max_position_embeddings=8192, **ids)
    config = LlavaConfig(vision_config=vision, text_config=text, image_token_id=image_id(tokenizer), vision_feature_layer=-2, vision_feature_select_strategy="default")
    return LlavaForConditionalGeneration(config)


def processor(tokenizer) -> LlavaProcessor:
    square = {"height": IMAGE_SIZE, "width": IMAGE_SIZE}
    images = CLIPImageProcessorPil(size={"shortest_edge": IMAGE_SIZE}, crop_size=square)
    return LlavaProcessor(images, tokenizer, PATCH_SIZE, "default", LLAVA_TEMPLATE, num_additional_image_tokens=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    shape = replace(ARCHITECTURES[0], model=model, processor=processor)
    with tempfile.TemporaryDirectory() as folder:
        checkpoint, _ = save_checkpoint(shape, Path(folder), seed=1)
        count = sum(parameter.numel() for parameter in checkpoint.parameters())
        del checkpoint
        export_vlm(Path(folder), arguments.out, ["int8"])
    print(f"{count / 1e6:.0f} million parameters in {arguments.out}")


if __name__ == "__main__":
    main()
