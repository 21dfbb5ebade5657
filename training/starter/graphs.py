"""The modules that become ONNX graphs, with Hugging Face's names for inputs and outputs."""

import torch
from torch import Tensor, nn

from decoder import ASK, FAR, IDENTITY, ID_SCALE, ITEM, MATCH_SHARPNESS, SAME, VISUAL, Decoder, Layout, visual_features
from encoder import Encoder

MOST_ITEMS = 9
ASKED = 100.0
"""Segment number of everything from "Question:" on; items are 1 to 9."""


class VisionGraph(nn.Module):
    """pixel_values [B, 3, S, S] -> image_embeds [B, D], patch_embeds [B, P, D], image_features [B, P, F]."""

    def __init__(self, encoder: Encoder, hidden_size: int) -> None:
        super().__init__()
        self.vision, self.hidden_size = encoder.vision, hidden_size

    def forward(self, pixel_values: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        image_embeds, patch_embeds, _ = self.vision(pixel_values)
        return image_embeds, patch_embeds, visual_features(patch_embeds, self.hidden_size)


class DecoderGraph(nn.Module):
    """inputs_embeds [B, T, F], attention_mask [B, K] and the cache -> logits [B, 1, V] of the last token, and the longer cache.

    The cache has one entry more than there are layers: the copy head's keys [B, 1, K, F], and per token
    (id, may be copied, part of an item, match) as its values [B, 1, K, 4]. A call with an empty cache reads the whole prompt;
    later calls only continue the answer, so every new token belongs to the question.
    """

    def __init__(self, decoder: Decoder) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(self, inputs_embeds: Tensor, attention_mask: Tensor, *cache: Tensor) -> tuple[Tensor, ...]:
        decoder, layers = self.decoder, len(self.decoder.layers)
        batch, length = inputs_embeds.shape[0], inputs_embeds.shape[1]
        past = cache[0].shape[2]
        index = torch.cumsum(torch.ones_like(inputs_embeds[..., 0]), 1) - 1
        started = torch.cumsum(inputs_embeds[..., ASK], 1) + past
        asked = started > 0.5
        segment = torch.where(asked, torch.full_like(index, ASKED), torch.cumsum(inputs_embeds[..., ITEM], 1))
        reading = (~asked).to(index.dtype)
        # Items stand right-aligned before the question: an item token at i of an item that ends before e is at (question - e + i).
        end = ((segment[:, None, :] <= segment[:, :, None]).to(index.dtype) * reading[:, None, :]).sum(-1)
        position = torch.where(asked, index + past, reading.sum(1, keepdim=True) - end + index)
        same = segment[:, :, None] == segment[:, None, :]
        causal = index[:, :, None] >= index[:, None, :]
        here = (same & (causal | ~asked[:, :, None])) | (asked[:, :, None] & ~asked[:, None, :])
        earlier = torch.ones_like(cache[0][:, 0, None, :, 0]).expand(batch, length, past) > 0
        visible = torch.cat([earlier, here], 2) & (attention_mask[:, None, :] > 0)
        hidden = (~visible).to(index.dtype) * FAR
        match = self.match(inputs_embeds, segment, asked)
        words = torch.stack([inputs_embeds[..., IDENTITY] * ID_SCALE, reading * (1 - inputs_embeds[..., VISUAL]), reading, match], -1)
        known = torch.cat([cache[-1][:, 0], words], 1)
        match = known[..., 3]
        best = match.amax(1, keepdim=True)
        lead = best - (match * (match < best - SAME).to(match.dtype)).amax(1, keepdim=True)
        behind = (match - best) * known[..., 2]
        row = asked[..., None].to(match.dtype)
        # Every asking row sees the same matches, so they stand in the columns, and one factor is enough.
        layout = Layout(position, hidden, row, behind[..., None], torch.stack([best, lead], -1) * row)
        x = decoder.enter(inputs_embeds, layout.confidence)
        present: list[Tensor] = []
        for number, layer in enumerate(decoder.layers):
            x, key, value = layer(x, layout, (cache[2 * number], cache[2 * number + 1]))
            present += [key, value]
        read = decoder.norm(x)
        keys = torch.cat([cache[2 * layers], decoder.copy_key(read)[:, None]], 2)
        present += [keys, known[:, None]]
        last = read[:, -1:]
        scores = (decoder.copy_query(last) @ keys[:, 0].transpose(-1, -2)) * decoder.config.hidden_size**-0.5
        scores = scores + decoder.copy_match * MATCH_SHARPNESS * behind[:, None, :]
        scores = scores.masked_fill(known[:, None, :, 1] < 0.5, FAR)
        logits = decoder.distribution(last, scores.softmax(-1), known[..., 0].round().clamp(0, decoder.config.vocab_size - 1).long())
        return logits, *present

    def match(self, inputs_embeds: Tensor, segment: Tensor, asked: Tensor) -> Tensor:
        """Mean over the query's visual tokens of their best cosine with each item's, at least 0, on every token of the item: [B, T]."""
        visual = inputs_embeds[..., VISUAL] > 0.5
        joint = inputs_embeds[..., : self.decoder.config.joint_dim]
        cosines = joint @ joint.transpose(-1, -2)
        asking = (visual & asked).to(cosines.dtype)
        count = asking.sum(1).clamp(min=1)
        match = torch.zeros_like(segment)
        for number in range(1, MOST_ITEMS + 1):
            mine = segment == number
            best = cosines.masked_fill(~(mine & visual)[:, None, :], -1).amax(-1)
            mean = ((best * asking).sum(1) / count).clamp(min=0)
            pictured = ((mine & visual).any(1) & (asking.sum(1) > 0)).to(cosines.dtype)
            match = match + (mean * pictured)[:, None] * mine.to(cosines.dtype)
        return match
