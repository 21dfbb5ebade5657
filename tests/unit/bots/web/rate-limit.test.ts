import { describe, expect, it } from "vitest";
import { createTokenBuckets } from "../../../../bots/web/rate-limit.ts";

describe("token buckets", () => {
  it("let a burst pass, then hold to the average", () => {
    let time = 0;
    const buckets = createTokenBuckets({ perMinute: 60, capacity: 2, now: () => time });
    expect([buckets.take("a"), buckets.take("a")]).toEqual([0, 0]);
    expect(buckets.take("a")).toBeCloseTo(1);
    time = 1000;
    expect(buckets.take("a")).toBe(0);
    expect(buckets.take("a")).toBeGreaterThan(0);
    expect(buckets.take("b")).toBe(0);
  });

  it("never hold more than the capacity", () => {
    let time = 0;
    const buckets = createTokenBuckets({ perMinute: 60, capacity: 2, now: () => time });
    buckets.take("a");
    time = 3_600_000;
    expect([buckets.take("a"), buckets.take("a")]).toEqual([0, 0]);
    expect(buckets.take("a")).toBeGreaterThan(0);
  });

  it("forget the client seen longest ago when there are too many", () => {
    const buckets = createTokenBuckets({ perMinute: 1, capacity: 1, maximumKeys: 2, now: () => 0 });
    for (const key of ["a", "b", "a", "c"]) buckets.take(key);
    expect(buckets.take("a")).toBeGreaterThan(0);
    expect(buckets.take("b")).toBe(0);
  });
});
