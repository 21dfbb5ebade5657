"""A Hugging Face vision-language model taken apart into the modules that become ONNX graphs, with Hugging Face's names."""

import torch
from torch import Tensor, nn
from transformers.cache_utils import DynamicCache

from clip_graphs import DenseVision


class EmbedGraph(nn.Module):
    """input_ids [B, T] -> inputs_embeds [B, T, F]."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.embed = model.get_input_embeddings()

    def forward(self, input_ids: Tensor) -> Tensor:
        return self.embed(input_ids)


class DecoderGraph(nn.Module):
    """inputs_embeds [B, T, F], attention_mask [B, K], position_ids [B, T] and the cache -> logits [B, 1, V] of the last token, and the longer cache.

    Only the last token's logits are ever read; for a prompt of thousands of tokens all of them would take gigabytes.
    """

    def __init__(self, text_model: nn.Module, lm_head: nn.Module, config) -> None:
        super().__init__()
        self.text_model, self.lm_head, self.config = text_model, lm_head, config

    def forward(self, inputs_embeds: Tensor, attention_mask: Tensor, position_ids: Tensor, *past: Tensor) -> tuple[Tensor, ...]:
        cache = DynamicCache([(past[index], past[index + 1]) for index in range(0, len(past), 2)])
        # The library's own mask is made by code that does not become a graph; it takes a finished one as it is.
        order = torch.cumsum(attention_mask, 1)
        asking = order[:, -inputs_embeds.shape[1] :]
        visible = (order[:, None, :] <= asking[:, :, None]) & (attention_mask[:, None, :] > 0)
        hidden = (~visible).to(inputs_embeds.dtype) * torch.finfo(inputs_embeds.dtype).min
        read = self.text_model(
            inputs_embeds=inputs_embeds, attention_mask=hidden[:, None], position_ids=position_ids, past_key_values=cache, use_cache=True
        ).last_hidden_state
        present = [tensor for layer in cache.layers for tensor in (layer.keys, layer.values)]
        return self.lm_head(read[:, -1:]), *present


class LlavaVisionGraph(nn.Module):
    """pixel_values [B, 3, S, S] -> image_features [B, P, F]: LLaVA, and LLaVA-OneVision at its base resolution.

    LLaVA-OneVision closes each picture by a learnt line end, so there P is one more than there are patches.
    """

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.tower, self.projector, self.config = model.vision_tower, model.multi_modal_projector, model.config
        self.line_end = getattr(model, "image_newline", None)

    def forward(self, pixel_values: Tensor) -> Tensor:
        return self.features(self.tower(pixel_values, output_hidden_states=True).hidden_states)

    def features(self, hidden_states: tuple[Tensor, ...]) -> Tensor:
        layers = self.config.vision_feature_layer
        states = [hidden_states[layer] for layer in ([layers] if isinstance(layers, int) else layers)]
        if self.config.vision_feature_select_strategy == "default":
            states = [state[:, 1:] for state in states]
        features = self.projector(torch.cat(states, -1))
        if self.line_end is None:
            return features
        return torch.cat([features, self.line_end.expand(features.shape[0], 1, -1)], 1)


class OneTowerGraph(LlavaVisionGraph):
    """pixel_values [B, 3, S, S] -> image_embeds [B, D], patch_embeds [B, P, D], image_features [B, P, F].

    For a LLaVA whose tower is an unchanged CLIP (LLaVA-1.5's is): one pass serves retrieval, relevance and generation. Patches
    are those of `DenseVision`: what its text graph is compared with.
    """

    def __init__(self, model: nn.Module, vision: DenseVision) -> None:
        super().__init__(model)
        self.vision = vision

    def forward(self, pixel_values: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states, dense = self.vision.see(pixel_values)
        return self.vision.joint(states[-1][:, 0]), self.vision.joint(dense[:, 1:]), self.features(tuple(states))


class Idefics3VisionGraph(nn.Module):
    """pixel_values [B, N, 3, S, S], pixel_attention_mask [B, N, S, S] -> image_features [B · N, P, F] after pixel shuffle: Idefics3, SmolVLM.

    Every tile is as large as the tower sees, so positions are those of the whole grid; the mask only hides patches.
    """

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.vision, self.connector = model.vision_model, model.connector

    def forward(self, pixel_values: Tensor, pixel_attention_mask: Tensor) -> Tensor:
        embeddings = self.vision.embeddings
        patches = embeddings.patch_embedding(pixel_values.flatten(0, 1)).flatten(2).transpose(1, 2)
        states = patches + embeddings.position_embedding.weight
        mask = pixel_attention_mask.flatten(0, 1)[:, None].to(states.dtype)
        seen = nn.functional.max_pool2d(mask, embeddings.patch_size).flatten(1)
        hidden = (1 - seen)[:, None, None, :] * torch.finfo(states.dtype).min
        states = self.vision.encoder(inputs_embeds=states, attention_mask=hidden).last_hidden_state
        return self.connector(self.vision.post_layernorm(states))
