"""The retrieval encoder: one vision tower and one text tower in one joint space.

Sizes: P patches (rows x columns, one for every 16 x 16 pixels), H hidden width, D joint dimension.
"""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass
class EncoderConfig:
    image_size: int = 160
    patch_size: int = 16
    stem_sizes: tuple[int, int, int] = (24, 48, 96)
    """Channels at every second, fourth and eighth pixel."""
    hidden_size: int = 256
    layers: int = 2
    heads: int = 8
    projection_dim: int = 192
    vocab_size: int = 2304
    text_hidden_size: int = 192
    text_layers: int = 3
    text_heads: int = 6
    max_position_embeddings: int = 96

    def to_dict(self) -> dict:
        return asdict(self)


class Block(nn.Module):
    """Pre-norm transformer layer (https://arxiv.org/abs/2002.04745), GELU, no dropout: data is endless."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm_attention = nn.LayerNorm(width)
        self.norm_mlp = nn.LayerNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        batch, length, width = x.shape
        projected = self.query_key_value(self.norm_attention(x))
        query, key, value = projected.view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # Written out: on a CPU the fused attention's backward pass takes a third of the whole step at these sizes.
        scores = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5
        if mask is not None:
            scores = scores.masked_fill(~mask, -1e4)
        attended = scores.softmax(-1).to(value.dtype) @ value
        x = x + self.output(attended.transpose(1, 2).reshape(batch, length, width))
        return x + self.mlp(self.norm_mlp(x))


class Residual(nn.Module):
    """Basic residual block (https://arxiv.org/abs/1512.03385); starts as its shortcut (https://arxiv.org/abs/1706.02677)."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU())
        self.second = nn.Sequential(nn.Conv2d(after, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after))
        self.shortcut = nn.Identity()
        if stride > 1 or before != after:
            self.shortcut = nn.Sequential(nn.Conv2d(before, after, stride, stride, bias=False), nn.BatchNorm2d(after))
        nn.init.zeros_(self.second[1].weight)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.shortcut(x) + self.second(self.first(x)))


class VisionTower(nn.Module):
    """Residual convolutions down to one place a patch, a short transformer over the patches, attention pooling.

    Convolutions learn what a flag looks like from half the scenes that a transformer over raw patches needs.
    """

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        width = config.hidden_size
        stem: list[nn.Module] = []
        for before, after in zip((3, *config.stem_sizes), config.stem_sizes[:2]):
            stem += [nn.Conv2d(before, after, 3, 2, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        _, quarter, eighth = config.stem_sizes
        for before, after, stride in ((quarter, quarter, 1), (quarter, eighth, 2), (eighth, eighth, 1), (eighth, width, 2), (width, width, 1)):
            stem.append(Residual(before, after, stride))
        self.stem = nn.Sequential(*stem)
        self.position = nn.Linear(32, width)
        self.blocks = nn.ModuleList(Block(width, config.heads) for _ in range(config.layers))
        self.norm = nn.LayerNorm(width)
        self.pool_score = nn.Linear(width, 4)
        self.pool_value = nn.Linear(width, config.projection_dim)
        self.patch_projection = nn.Linear(width, config.projection_dim)

    def coordinates(self, rows: int, columns: int, device: torch.device) -> Tensor:
        """Sine features of normalised patch centres, [P, 32]: the same for every resolution."""
        y = (torch.arange(rows, device=device) + 0.5) / rows
        x = (torch.arange(columns, device=device) + 0.5) / columns
        frequency = math.pi * 2.0 ** torch.arange(0, 4, 0.5, device=device)
        y = y[:, None, None].expand(rows, columns, 1) * frequency
        x = x[None, :, None].expand(rows, columns, 1) * frequency
        return torch.cat([y.sin(), y.cos(), x.sin(), x.cos()], -1).reshape(rows * columns, 32)

    def forward(self, pixel_values: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """[B, 3, S, S] in -1..1 -> image_embeds [B, D] and patch_embeds [B, P, D], both of length one; hidden [B, P, H]."""
        features = self.stem(pixel_values)
        rows, columns = features.shape[-2:]
        x = features.flatten(2).transpose(1, 2)
        x = x + self.position(self.coordinates(rows, columns, x.device).to(x.dtype))
        for block in self.blocks:
            x = block(x)
        hidden = self.norm(x)
        weights = self.pool_score(hidden).float().softmax(1)  # four heads over the patches
        value = self.pool_value(hidden).float().unflatten(-1, (4, -1))
        pooled = (weights[..., None] * value).sum(1).flatten(1)
        return F.normalize(pooled, dim=-1), F.normalize(self.patch_projection(hidden).float(), dim=-1), hidden


class TextTower(nn.Module):
    """Transformer over byte-pair tokens, mean-pooled. Token 0 is padding."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        width = config.text_hidden_size
        self.token = nn.Embedding(config.vocab_size, width)
        self.position = nn.Parameter(torch.randn(config.max_position_embeddings, width) * 0.02)
        self.blocks = nn.ModuleList(Block(width, config.text_heads) for _ in range(config.text_layers))
        self.norm = nn.LayerNorm(width)
        self.projection = nn.Linear(width, config.projection_dim)
        nn.init.normal_(self.token.weight, std=0.05)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """[B, T] token ids and a 0/1 mask -> [B, D] of length one."""
        x = self.token(input_ids) + self.position[: input_ids.shape[1]]
        visible = attention_mask.bool()[:, None, None, :]
        for block in self.blocks:
            x = block(x, visible)
        weight = attention_mask[..., None].to(x.dtype)
        mean = (self.norm(x) * weight).sum(1) / weight.sum(1).clamp(min=1)
        return F.normalize(self.projection(mean).float(), dim=-1)


class Encoder(nn.Module):
    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.vision = VisionTower(config)
        self.text = TextTower(config)
        # Relevance of a patch to a question as a probability: sigmoid(scale * cosine + offset).
        self.relevance_scale = nn.Parameter(torch.tensor(10.0))
        self.relevance_offset = nn.Parameter(torch.tensor(-2.0))


def cosface(cosines: Tensor, target: Tensor, scale: float = 24.0, margin: float = 0.25) -> Tensor:
    """Large-margin cosine loss (https://arxiv.org/abs/1801.09414): [N, C] cosines and [N] classes -> [N] losses."""
    shifted = (scale * cosines).scatter_add(1, target[:, None], cosines.new_full((len(target), 1), -scale * margin))
    return F.cross_entropy(shifted, target, reduction="none")
