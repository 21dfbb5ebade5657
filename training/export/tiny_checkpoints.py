"""Tiny random checkpoints of each architecture, with the chat templates and processors that real ones have."""

from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import (
    CLIPVisionConfig,
    GenerationConfig,
    Idefics3Config,
    Idefics3ForConditionalGeneration,
    Idefics3Processor,
    LlamaConfig,
    LlavaConfig,
    LlavaForConditionalGeneration,
    LlavaOnevisionConfig,
    LlavaOnevisionForConditionalGeneration,
    LlavaProcessor,
    PreTrainedTokenizerFast,
    Qwen2Config,
    SiglipVisionConfig,
)
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.idefics3.image_processing_pil_idefics3 import Idefics3ImageProcessorPil
from transformers.models.llava_onevision.image_processing_pil_llava_onevision import LlavaOnevisionImageProcessorPil
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

IMAGE_SIZE, PATCH_SIZE, WIDTH, LAYERS = 32, 8, 32, 2
CORPUS = ["which money do people pay with there in the country", "Grüße aus Zürich, 東京 and São Tomé 🎉", "user assistant capital of the country is"]

# As the repositories on the hub have them (llava-1.5-7b-hf, llava-interleave-qwen-0.5b-hf, SmolVLM-256M-Instruct).
LLAVA_TEMPLATE = (
    "{% for message in messages %}{% if message['role'] != 'system' %}{{ message['role'].upper() + ': '}}{% endif %}"
    "{# Render all images first #}{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>\\n' }}{% endfor %}"
    "{# Render all text next #}{% if message['role'] != 'assistant' %}{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}"
    "{{ content['text'] + ' '}}{% endfor %}{% else %}{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}"
    "{% generation %}{{ content['text'] + ' '}}{% endgeneration %}{% endfor %}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}"
)
QWEN_TEMPLATE = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + ' '}}{# Render all images first #}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>' }}{% endfor %}{# Render all text next #}"
    "{% if message['role'] != 'assistant' %}{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ '\\n' + content['text'] }}{% endfor %}"
    "{% else %}{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{% generation %}{{ '\\n' + content['text'] }}{% endgeneration %}{% endfor %}{% endif %}"
    "{{'<|im_end|>'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
SMOL_TEMPLATE = (
    "<|im_start|>{% for message in messages %}{{message['role'] | capitalize}}{% if message['content'][0]['type'] == 'image' %}{{':'}}{% else %}{{': '}}{% endif %}"
    "{% for line in message['content'] %}{% if line['type'] == 'text' %}{{line['text']}}{% elif line['type'] == 'image' %}{{ '<image>' }}{% endif %}{% endfor %}"
    "<end_of_utterance>\n{% endfor %}{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}"
)
HALF = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3}
SQUARE = {"height": IMAGE_SIZE, "width": IMAGE_SIZE}


@dataclass(frozen=True)
class Tiny:
    """One architecture: the order of its special tokens is pad, beginning, end, others."""

    name: str
    special: list[str]
    template: str
    model: Callable[[PreTrainedTokenizerFast], torch.nn.Module]
    processor: Callable[[PreTrainedTokenizerFast], object]
    begins: bool = False
    """Whether the tokenizer itself puts the beginning before each text, as Llama's does."""
    precisions: tuple[str, ...] = ("fp32",)


def make_tokenizer(tiny: Tiny) -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=300, special_tokens=tiny.special[:3], initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(CORPUS * 4, trainer)
    # Behind the ordinary ones, as in real vocabularies.
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in tiny.special[3:]])
    pad, begin, end = tiny.special[:3]
    if tiny.begins:
        tokenizer.post_processor = processors.TemplateProcessing(single=f"{begin} $A", special_tokens=[(begin, tokenizer.token_to_id(begin))])
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token=pad, bos_token=begin, eos_token=end)


def llama(tokenizer) -> LlamaConfig:
    return LlamaConfig(**_text(tokenizer), head_dim=8)


def qwen(tokenizer) -> Qwen2Config:
    return Qwen2Config(**_text(tokenizer), tie_word_embeddings=False)


def _text(tokenizer) -> dict:
    # Tables are padded to a round number of rows, as in real checkpoints.
    ids = {"pad_token_id": tokenizer.pad_token_id, "bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id}
    size = {"hidden_size": WIDTH, "intermediate_size": 64, "num_hidden_layers": LAYERS, "num_attention_heads": 4, "num_key_value_heads": 2}
    return {"vocab_size": -(-len(tokenizer) // 64) * 64, "max_position_embeddings": 8192, **size, **ids}


VISION = {"hidden_size": WIDTH, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "image_size": IMAGE_SIZE, "patch_size": PATCH_SIZE}


def image_id(tokenizer) -> int:
    return tokenizer.convert_tokens_to_ids("<image>")


def llava(tokenizer):
    vision = CLIPVisionConfig(**VISION, projection_dim=16)
    config = LlavaConfig(vision_config=vision, text_config=llama(tokenizer), image_token_id=image_id(tokenizer), vision_feature_layer=-2, vision_feature_select_strategy="default")
    return LlavaForConditionalGeneration(config)


def interleave(tokenizer):
    vision = SiglipVisionConfig(**VISION, vision_use_head=False)
    config = LlavaConfig(vision_config=vision, text_config=qwen(tokenizer), image_token_id=image_id(tokenizer), vision_feature_layer=-1, vision_feature_select_strategy="full")
    return LlavaForConditionalGeneration(config)


def onevision(tokenizer):
    vision = SiglipVisionConfig(**VISION, vision_use_head=False)
    config = LlavaOnevisionConfig(
        vision_config=vision, text_config=qwen(tokenizer), image_token_id=image_id(tokenizer), vision_feature_layer=-1, vision_feature_select_strategy="full",
        image_grid_pinpoints=[[32, 32], [64, 64]],
    )
    return LlavaOnevisionForConditionalGeneration(config)


def idefics3(tokenizer):
    config = Idefics3Config(vision_config=VISION, text_config=llama(tokenizer), image_token_id=image_id(tokenizer), scale_factor=2, pad_token_id=tokenizer.pad_token_id)
    return Idefics3ForConditionalGeneration(config)


def llava_processor(tokenizer):
    images = CLIPImageProcessorPil(size={"shortest_edge": IMAGE_SIZE}, crop_size=SQUARE)
    return LlavaProcessor(images, tokenizer, PATCH_SIZE, "default", LLAVA_TEMPLATE, num_additional_image_tokens=1)


def interleave_processor(tokenizer):
    return LlavaProcessor(SiglipImageProcessorPil(size=SQUARE, **HALF), tokenizer, PATCH_SIZE, "full", QWEN_TEMPLATE)


def onevision_processor(tokenizer):
    # Its own processor wants torchvision for videos, and splits a single picture; what is saved is the same.
    images = LlavaOnevisionImageProcessorPil(size=SQUARE, image_grid_pinpoints=[[32, 32], [64, 64]])
    return LlavaProcessor(images, tokenizer, PATCH_SIZE, "full", QWEN_TEMPLATE, num_additional_image_tokens=1)


def idefics3_processor(tokenizer):
    images = Idefics3ImageProcessorPil(size={"longest_edge": 2 * IMAGE_SIZE}, max_image_size={"longest_edge": IMAGE_SIZE}, **HALF)
    return Idefics3Processor(images, tokenizer, image_seq_len=(IMAGE_SIZE // PATCH_SIZE // 2) ** 2, chat_template=SMOL_TEMPLATE)


ROWS_AND_COLUMNS = [f"<row_{row}_col_{column}>" for row in (1, 2) for column in (1, 2)]
QWEN = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<image>"]
IDEFICS = ["<pad>", "<|im_start|>", "<end_of_utterance>", "<fake_token_around_image>", "<image>", "<global-img>", *ROWS_AND_COLUMNS]
ARCHITECTURES = [
    Tiny("llava", ["<pad>", "<s>", "</s>", "<image>"], LLAVA_TEMPLATE, llava, llava_processor, begins=True, precisions=("fp32", "fp16", "q4", "q4f16", "int8")),
    Tiny("llava-interleave", QWEN, QWEN_TEMPLATE, interleave, interleave_processor),
    Tiny("llava-onevision", QWEN, QWEN_TEMPLATE, onevision, onevision_processor),
    Tiny("idefics3", IDEFICS, SMOL_TEMPLATE, idefics3, idefics3_processor),
]


def save_checkpoint(tiny: Tiny, folder: Path, seed: int):
    """Returns the model and the processor that `folder` holds."""
    torch.manual_seed(seed)
    tokenizer = make_tokenizer(tiny)
    model = tiny.model(tokenizer).float().eval()
    with torch.no_grad():
        # Fresh weights are so small that all logits are nearly equal; larger ones make choices that rounding does not change.
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.normal_(0, 0.25)
            elif parameter.numel() > 1 and bool((parameter == 0).all()):
                parameter.normal_(0, 0.05)
    model.generation_config = GenerationConfig(
        eos_token_id=[tokenizer.eos_token_id], pad_token_id=tokenizer.pad_token_id, bos_token_id=tokenizer.bos_token_id,
        do_sample=True, temperature=0.7, top_p=0.9, top_k=40,
    )
    processor = tiny.processor(tokenizer)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    # Older repositories, which most are, have the picture's part in a file of its own.
    processor.image_processor.save_pretrained(folder)
    return model, processor
