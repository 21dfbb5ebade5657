"""The starter's answering model: a small decoder that reads RORA's prompt and copies its answer from the evidence.

What it needs beyond a plain decoder lives inside this module, so that the exported graph has the standard inputs and
outputs (inputs_embeds, attention_mask, past_key_values -> logits, present):

* items do not see each other, and stand at the same distance from the question whatever their order; within an item
  every token sees every other, so that its label knows what its passage says;
* every query token sees how well each item's visual tokens match the query's (`match`), and how sure that is;
* a copy head (https://arxiv.org/abs/1704.04368) mixes the vocabulary with the words of the evidence.

The last four channels of an input embedding are marks: [starts an item, starts the question, is visual, token id / 4096].
Prompt: `[1] 97% <image> passage [2] 80% <image> passage Question: <image> question Answer:` then `[1] words </s>` or `[0] </s>`.
"""

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

MARKS = 4
ITEM, ASK, VISUAL, IDENTITY = -4, -3, -2, -1
ID_SCALE = 4096.0
FAR = -1e4


@dataclass
class DecoderConfig:
    vocab_size: int = 2304
    hidden_size: int = 256
    joint_dim: int = 192
    num_hidden_layers: int = 4
    num_attention_heads: int = 8
    rope_theta: float = 1000.0

    def to_dict(self) -> dict:
        return asdict(self)

    @property
    def head_dim(self) -> int:
        return self.hidden_size // self.num_attention_heads


class EmbedTokens(nn.Module):
    """Token ids [B, T] -> inputs_embeds [B, T, F], marks included."""

    def __init__(self, config: DecoderConfig, item_ids: list[int], ask_id: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(config.vocab_size, config.hidden_size - MARKS) * 0.05)
        marks = torch.zeros(config.vocab_size, MARKS)
        marks[item_ids, ITEM] = 1
        marks[ask_id, ASK] = 1
        marks[:, IDENTITY] = torch.arange(config.vocab_size) / ID_SCALE
        self.register_buffer("marks", marks)

    def forward(self, input_ids: Tensor) -> Tensor:
        return F.embedding(input_ids, torch.cat([self.weight, self.marks], 1))


def visual_features(patch_embeds: Tensor, hidden_size: int) -> Tensor:
    """patch_embeds [..., D] -> image_features [..., F]: the embedding itself, padding, and the visual mark."""
    padding = patch_embeds.new_zeros(*patch_embeds.shape[:-1], hidden_size - MARKS - patch_embeds.shape[-1])
    marks = torch.tensor([0.0, 0.0, 1.0, 0.0], dtype=patch_embeds.dtype, device=patch_embeds.device)
    return torch.cat([patch_embeds, padding, marks.expand(*patch_embeds.shape[:-1], MARKS)], -1)


@dataclass
class Layout:
    """How the tokens of a sequence belong together. T tokens, S segments."""

    position: Tensor
    """float or int [B, T] rotary position."""
    hidden: Tensor
    """[B, T, K]: 0 where the row's token may look at the column's, else FAR. K is T, or past and T together."""
    asking: Tensor
    """[B, T, S]: by how much each of S items looks less like the row's query picture than the best, −1..0; 0 in rows that do not ask."""
    belonging: Tensor
    """[B, K, S]: 1 where the column's token is part of the item. asking @ belongingᵀ is the match of row and column."""
    confidence: Tensor
    """[B, T, 2]: the best match, 0..1, and its lead over the next; zeros in rows that do not ask."""


@dataclass
class Place:
    """Where each of N items of length L stands among the M items of its one of B packs."""

    index: Tensor
    """int64 [N]: pack * M + number."""
    most: int
    """M."""
    copyable: Tensor
    """bool [B, M * L]: words of items, and their labels."""

    def spread(self, tokens: Tensor) -> Tensor:
        """[N, H, L, d] -> [B, H, M * L, d]; zeros where a pack has fewer items."""
        _, heads, length, size = tokens.shape
        packs = self.copyable.shape[0]
        among = tokens.new_zeros(packs * self.most, heads, length, size).index_copy(0, self.index, tokens)
        return among.view(packs, self.most, heads, length, size).transpose(1, 2).reshape(packs, heads, self.most * length, size)


def rotate(x: Tensor, position: Tensor, theta: float) -> Tensor:
    """Rotary embedding (https://arxiv.org/abs/2104.09864) of x [B, H, T, d] at positions [B, T]."""
    size = x.shape[-1]
    frequency = theta ** (-torch.arange(0, size, 2, device=x.device, dtype=torch.float32) / size)
    angle = position[:, None, :, None].float() * frequency
    cos, sin = angle.cos(), angle.sin()
    even, odd = x[..., : size // 2], x[..., size // 2 :]
    return torch.cat([even * cos - odd * sin, even * sin + odd * cos], -1)


class Layer(nn.Module):
    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        width = config.hidden_size
        self.heads, self.size, self.theta = config.num_attention_heads, config.head_dim, config.rope_theta
        self.norm_attention, self.norm_mlp = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width, bias=False)
        self.output = nn.Linear(width, width, bias=False)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.match_weight = nn.Parameter(torch.ones(self.heads))

    def forward(self, x: Tensor, layout: Layout, past: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """x [B, T, F] and keys and values of earlier tokens [B, H, K, d] -> x, keys and values with this call's appended."""
        batch, length, width = x.shape
        projected = self.query_key_value(self.norm_attention(x)).view(batch, length, 3, self.heads, self.size)
        query, key, value = projected.permute(2, 0, 3, 1, 4)
        query, key = rotate(query.float(), layout.position, self.theta), rotate(key.float(), layout.position, self.theta)
        if past is not None:
            key, value = torch.cat([past[0], key], 2), torch.cat([past[1], value], 2)
        # The match enters as further channels of query and key: a bias of B x H x T x T would cost more than all the rest.
        asking = layout.asking[:, None] * (self.match_weight[:, None, None] * MATCH_SHARPNESS)
        belonging = layout.belonging[:, None].expand(-1, self.heads, -1, -1)
        query = torch.cat([query * self.size**-0.5, asking], -1).to(value.dtype)
        key_t = torch.cat([key, belonging], -1).to(value.dtype).transpose(-1, -2)
        attended = (query @ key_t + layout.hidden[:, None].to(value.dtype)).softmax(-1).to(value.dtype) @ value
        x = x + self.output(attended.transpose(1, 2).reshape(batch, length, width))
        return x + self.mlp(self.norm_mlp(x)), key, value


MATCH_SHARPNESS = 16.0
"""Brings cosines, which differ by hundredths between look-alikes, to the scale of attention scores."""
SAME = 1e-3
"""Matches this near are the same picture twice: an entity with two passages."""


class Decoder(nn.Module):
    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        width = config.hidden_size
        self.config = config
        self.visual = nn.Linear(config.joint_dim, width)
        self.confidence = nn.Linear(2, width, bias=False)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.num_hidden_layers))
        self.norm = nn.LayerNorm(width)
        self.vocabulary = nn.Linear(width, config.vocab_size)
        self.copy_query = nn.Linear(width, width)
        self.copy_key = nn.Linear(width, width)
        self.copy_match = nn.Parameter(torch.tensor(1.0))
        self.gate = nn.Linear(width, 1)

    def enter(self, inputs_embeds: Tensor, confidence: Tensor) -> Tensor:
        """Removes the marks and brings visual tokens to the width of words: [B, T, F] -> [B, T, F]."""
        words = torch.cat([inputs_embeds[..., :-MARKS], torch.zeros_like(inputs_embeds[..., -MARKS:])], -1)
        is_visual = inputs_embeds[..., VISUAL, None]
        seen = self.visual(inputs_embeds[..., : self.config.joint_dim] * is_visual * 4.0) * is_visual
        return words * (1 - is_visual) * 4.0 + seen + self.confidence(confidence * 4.0)

    def distribution(self, hidden: Tensor, copy_attention: Tensor, ids: Tensor) -> Tensor:
        """Log-probabilities [B, T, V] from hidden [B, T, F], copy attention [B, T, K] and the ids [B, K] it points at."""
        gate = torch.sigmoid(self.gate(hidden).float())
        spoken = self.vocabulary(hidden).float().softmax(-1) * (1 - gate)
        index = ids[:, None, :].expand(-1, hidden.shape[1], -1)
        return torch.log(spoken.scatter_add(-1, index, copy_attention * gate) + 1e-8)

    def forward(self, items: Tensor, reading: Layout, place: Place, asks: Tensor, asking: Layout) -> "Read":
        """Training: every item is read once, by itself, and all questions of its pack ask it; items [N, L, F], asks [B, Q, F]."""
        read, caches, understood = self.through(items, reading)
        read = place.spread(read[:, None])[:, 0]
        hidden, _, meant = self.through(asks, asking, [(place.spread(key), place.spread(value)) for key, value in caches])
        match = asking.asking @ asking.belonging[:, : read.shape[1]].transpose(1, 2)
        copying = self.copy_scores(hidden, read, match).masked_fill(~place.copyable[:, None], FAR)
        return Read(hidden, copying, understood, meant)

    def through(self, inputs_embeds: Tensor, layout: Layout, pasts: list[tuple[Tensor, Tensor]] | None = None) -> tuple[Tensor, list[tuple[Tensor, Tensor]], Tensor]:
        """All layers: hidden [R, T, F], keys and values of each layer, and the stream [R, T, F] half way."""
        caches = []
        half = x = self.enter(inputs_embeds, layout.confidence)
        for number, layer in enumerate(self.layers, 1):
            x, key, value = layer(x, layout, pasts[number - 1] if pasts else None)
            caches.append((key, value))
            if number == len(self.layers) // 2:
                half = x
        return self.norm(x), caches, half

    def copy_scores(self, asking: Tensor, known: Tensor, match: Tensor) -> Tensor:
        scores = self.copy_query(asking) @ self.copy_key(known).transpose(-1, -2)
        return scores.float() * self.config.hidden_size**-0.5 + self.copy_match * MATCH_SHARPNESS * match


@dataclass
class Read:
    """What one pass over items and questions gives."""

    hidden: Tensor
    """[B, Q, F] of the questions' tokens."""
    copying: Tensor
    """[B, Q, M * L] copy attention logits."""
    understood: Tensor
    """[N, L, F] of the items' tokens, half way."""
    meant: Tensor
    """[B, Q, F] of the questions' tokens, half way."""
