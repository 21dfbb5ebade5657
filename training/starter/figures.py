"""Shares with their uncertainty."""

import math


def wilson(right: int, total: int) -> tuple[float, float, float]:
    """Share and its 95 % interval (Wilson 1927), each 0..1."""
    if total == 0:
        return 0.0, 0.0, 1.0
    z = 1.96
    share = right / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return share, centre - half, centre + half


def cell(right: int, total: int) -> str:
    """`.934 (.917–.948, n 900)`."""
    share, low, high = wilson(right, total)
    return f"{share:.3f} ({low:.3f}–{high:.3f}, n {total})"
