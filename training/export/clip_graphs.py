"""CLIP as the graphs that Rora runs: the picture's embedding with one for each patch, and texts with what patches are compared to.

Patches follow CLIP Surgery (Li et al., arXiv 2304.05653). In the last layers a second path goes beside the ordinary one: each
token attends to those whose *values* are like its own, and the feed-forward layers are left out. The ordinary path goes on
untouched, so the global embedding stays CLIP's to the bit. What all texts share is subtracted from a text before patches are
compared with it: CLIP's texts lie in a narrow cone, and its common direction is what lights up background patches.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import CLIPModel

SURGERY_LAYERS = 6
"""As CLIP Surgery has it for its ViTs of 12 layers."""


class DenseVision(nn.Module):
    """pixel_values [B, 3, H, W] → image_embeds [B, D], patch_embeds [B, P, D], both L2-normalised; patches in raster order."""

    def __init__(self, model: CLIPModel, surgery_layers: int = SURGERY_LAYERS) -> None:
        """`surgery_layers` 0 gives plain CLIP's patches, for comparison. ValueError when the tower has fewer layers."""
        super().__init__()
        self.tower, self.projection = model.vision_model, model.visual_projection
        self.first_surgery = len(self.tower.encoder.layers) - surgery_layers
        if not 0 <= self.first_surgery <= len(self.tower.encoder.layers):
            raise ValueError(f"the vision tower has {len(self.tower.encoder.layers)} layers, so surgery on the last {surgery_layers} is not possible")

    def forward(self, pixel_values: Tensor) -> tuple[Tensor, Tensor]:
        states, dense = self.see(pixel_values)
        return self.joint(states[-1][:, 0]), self.joint(dense[:, 1:])

    def see(self, pixel_values: Tensor) -> tuple[list[Tensor], Tensor]:
        """The ordinary path before each layer and after the last, and the end of the second one: each [B, 1 + P, W]."""
        states = [self.tower.pre_layrnorm(self.tower.embeddings(pixel_values))]
        for layer in self.tower.encoder.layers:
            states.append(layer(states[-1], attention_mask=None))
        dense = states[self.first_surgery]
        for layer, state in zip(self.tower.encoder.layers[self.first_surgery :], states[self.first_surgery :]):
            dense = dense + value_attention(layer.self_attn, layer.layer_norm1(state))
        return states, dense

    def joint(self, states: Tensor) -> Tensor:
        return functional.normalize(self.projection(self.tower.post_layernorm(states)), dim=-1)


def value_attention(attention: nn.Module, states: Tensor) -> Tensor:
    """Attention in which values also stand for queries and keys: like attends to like. [B, T, W] → [B, T, W]."""
    batch, tokens, width = states.shape
    values = attention.v_proj(states).view(batch, tokens, attention.num_heads, attention.head_dim).transpose(1, 2)
    weights = (values @ values.transpose(-1, -2) * attention.scale).softmax(-1)
    return attention.out_proj((weights @ values).transpose(1, 2).reshape(batch, tokens, width))


class Text(nn.Module):
    """input_ids [B, T] → text_embeds [B, D], relevance_embeds [B, D], both L2-normalised.

    Padding stands at the end, where a causal tower's closing token does not see it: no attention mask is needed.
    """

    def __init__(self, model: CLIPModel, shared: Tensor) -> None:
        """`shared` [D]: what all texts have in common, see `shared_text`; zeros subtract nothing."""
        super().__init__()
        self.tower, self.projection = model.text_model, model.text_projection
        self.closing = model.config.text_config.eos_token_id
        self.register_buffer("shared", shared)

    def forward(self, input_ids: Tensor) -> tuple[Tensor, Tensor]:
        length = input_ids.shape[1]
        embeddings = self.tower.embeddings
        states = embeddings.token_embedding(input_ids) + embeddings.position_embedding.weight[:length]
        later = torch.full((length, length), torch.finfo(states.dtype).min, dtype=states.dtype).triu(1)
        for layer in self.tower.encoder.layers:
            states = layer(states, attention_mask=later[None, None])
        states = self.tower.final_layer_norm(states)
        # Configurations from before 2023 say 2 and mean the highest id (transformers, modeling_clip.py).
        marked = input_ids if self.closing == 2 else (input_ids == self.closing).to(torch.int64)
        pooled = states[torch.arange(states.shape[0]), marked.argmax(-1)]
        embeds = functional.normalize(self.projection(pooled), dim=-1)
        return embeds, functional.normalize(embeds - self.shared, dim=-1)


@torch.no_grad()
def shared_text(model: CLIPModel, rows: list[list[int]]) -> Tensor:
    """Mean embedding of texts (token ids, closed by the tokenizer) about unlike things: what they share is that they are texts. [D]"""
    plain = Text(model, torch.zeros(model.config.projection_dim)).eval()
    return torch.stack([plain(torch.tensor([row]))[0][0] for row in rows]).mean(0)
