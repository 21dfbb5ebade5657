"""Trains the vision tower to tell flags apart, in the whole picture and in every patch.

Resumes from its checkpoint; the schedule runs over --minutes of training time, so a slow machine trains less, not longer.
"""

import argparse
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from encoder import Encoder, EncoderConfig, cosface
from flag_bank import load_bank
from photos import load_photos
from scene_data import SceneData, batches

PATCHES_PER_IMAGE = 8
MARGIN = 0.1
"""Small at first: a hard task from the start slows the first hours."""
VISIBLE = 0.5
"""A patch shows a flag when at least this share of it is that flag."""


def identity_losses(encoder: Encoder, proxies: Tensor, images: Tensor, classes: Tensor, cover: Tensor, margin: float) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Global and patch identity losses, the share of pictures whose largest flag came first, and patch_embeds.

    images [B, 3, S, S] in -1..1, classes [B, 3], cover [B, 3, P], proxies [C, D] of length one, CosFace margin of the whole.
    """
    with torch.autocast("cpu", torch.bfloat16):
        image_embeds, patch_embeds, _ = encoder.vision(images)
    area = cover.sum(2).masked_fill(classes < 0, -1)
    largest = area.argmax(1)
    shown = area.gather(1, largest[:, None])[:, 0] > 0.3
    target = classes.gather(1, largest[:, None])[:, 0].clamp(min=0)
    cosines = image_embeds.float() @ proxies.T
    with torch.no_grad():  # the other flags in the picture are not wrong
        others = torch.zeros_like(cosines).scatter_add_(1, classes.clamp(min=0), (classes >= 0).float()).bool()
        others.scatter_(1, target[:, None], False)
    whole = cosface(cosines.masked_fill(others, -1.0), target, margin=margin)[shown].mean()
    right = (cosines.argmax(1) == target)[shown].float().mean()

    best, owner = cover.max(1)  # [B, P]
    wanted = best.masked_fill(classes.gather(1, owner) < 0, 0) > VISIBLE
    order = torch.rand_like(best).masked_fill(~wanted, -1).topk(PATCHES_PER_IMAGE, 1)
    chosen = order.indices[order.values > 0], torch.arange(len(best))[:, None].expand_as(order.indices)[order.values > 0]
    patches = patch_embeds[chosen[1], chosen[0]].float()
    patch = cosface(patches @ proxies.T, classes[chosen[1], owner[chosen[1], chosen[0]]], margin=margin / 2).mean()
    return whole, patch, right, patch_embeds.float()


def to_pixels(images: Tensor) -> Tensor:
    """uint8 [B, 3, S, S] -> float in -1..1, channels last in memory."""
    return (images.float() / 127.5 - 1).to(memory_format=torch.channels_last)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True, help="folder with flags/, photos/ and the checkpoints")
    parser.add_argument("--size", type=int, default=96, help="picture size in pixels, a multiple of 16")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=3.0e-3, help="peak learning rate")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--invented", type=int, default=2000)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(0)
    checkpoint = arguments.workspace / "encoder-vision.pt"
    bank = load_bank(arguments.workspace, arguments.invented, arguments.invented // 4)
    encoder = Encoder(EncoderConfig()).to(memory_format=torch.channels_last)
    proxies = nn.Parameter(torch.randn(len(bank.drawings), encoder.config.projection_dim))
    optimizer = torch.optim.AdamW(
        [{"params": encoder.vision.parameters(), "peak": arguments.rate}, {"params": [proxies], "peak": arguments.rate * 4, "weight_decay": 0.0}],
        weight_decay=0.05, betas=(0.9, 0.98),
    )
    state = {"seconds": 0.0, "step": 0}
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        encoder.load_state_dict(saved["encoder"])
        proxies.data.copy_(saved["proxies"])
        optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]
    data = SceneData(bank, arguments.size, load_photos(arguments.workspace / "photos" / "train"), seed=state["step"])
    averages: dict[str, float] = {}
    last, saved_at = time.time(), time.time()
    for images, classes, cover, _ in batches(data, arguments.batch, arguments.workers):
        progress = state["seconds"] / (arguments.minutes * 60)
        if progress >= 1:
            break
        rate = min(1.0, state["step"] / 200) * (0.02 + 0.98 * 0.5 * (1 + torch.cos(torch.tensor(progress * torch.pi)).item()))
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * rate
        whole, patch, right, _ = identity_losses(encoder, F.normalize(proxies, dim=-1), to_pixels(images), classes, cover, MARGIN)
        (whole + 0.5 * patch).backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        for name, value in {"whole": whole, "patch": patch, "right": right}.items():
            averages[name] = 0.98 * averages.get(name, value.item()) + 0.02 * value.item()
        now = time.time()
        state = {"seconds": state["seconds"] + min(now - last, 30), "step": state["step"] + 1}
        last = now
        if state["step"] % 50 == 0:
            print(f"step {state['step']} minute {state['seconds'] / 60:.1f} " + " ".join(f"{k} {v:.3f}" for k, v in averages.items()), flush=True)
        if now - saved_at > 120:
            save(checkpoint, encoder, proxies, optimizer, state)
            saved_at = now
    save(checkpoint, encoder, proxies, optimizer, state)


def save(path: Path, encoder: Encoder, proxies: Tensor, optimizer: torch.optim.Optimizer, state: dict) -> None:
    """Writes beside and renames, so that a kill in the middle leaves the older checkpoint."""
    content = {"encoder": encoder.state_dict(), "proxies": proxies.data, "optimizer": optimizer.state_dict(), "state": state, "config": encoder.config.to_dict()}
    torch.save(content, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").rename(path)


if __name__ == "__main__":
    main()
