import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { createInstallationBook } from "../../src/adapters/prisma/installation-book.ts";
import { createSealer } from "../../src/sealing.ts";
import { describeOnEachDatabase } from "../support/databases.ts";

const newKey = () => randomBytes(32).toString("hex");
const key = newKey();
const fresh = () => `T${crypto.randomUUID()}`;

describeOnEachDatabase("installations", (open) => {
  async function book(keys: { key?: string; old?: string[] } = {}) {
    const { client } = await open();
    const sealer = createSealer(keys.key ?? key, keys.old ?? [], "SOME_KEY");
    return createInstallationBook(client, "slack", sealer);
  }

  it("give back the secret that was put last, each its own", async () => {
    const installations = await book();
    const [one, two] = [fresh(), fresh()];
    await installations.put({ id: one, tenants: [`slack:${one}`] }, "first");
    await installations.put({ id: one, tenants: [`slack:${one}`] }, "second");
    await installations.put({ id: two, tenants: [] }, "other");
    expect(await installations.secret(one)).toBe("second");
    expect(await installations.secret(two)).toBe("other");
    expect(await installations.secret(fresh())).toBeNull();
  });

  it("are found by any tenant they serve, until they are left", async () => {
    const installations = await book();
    const [id, tenant] = [fresh(), fresh()];
    await installations.put({ id, tenants: [] }, "secret");
    expect(await installations.secretFor(tenant)).toBeNull();
    await installations.addTenant(id, tenant);
    expect(await installations.secretFor(tenant)).toBe("secret");
    await installations.leave({ id, tenants: [] });
    expect(await installations.secretFor(tenant)).toBeNull();
    await installations.forget(id);
  });

  it("are unreadable in the database", async () => {
    const { client } = await open();
    const id = fresh();
    await (await book()).put({ id, tenants: [] }, "xoxb-secret");
    const rows = await client.$queryRawUnsafe<{ row: string }[]>(
      `select "Installation"::text as row from "Installation" where id = $1`,
      id,
    );
    expect(rows[0]!.row).toContain("v1.");
    expect(rows[0]!.row).not.toContain("xoxb");
  });

  it("do not open under another workspace's id", async () => {
    const { client } = await open();
    const installations = await book();
    const [one, two] = [fresh(), fresh()];
    for (const id of [one, two]) await installations.put({ id, tenants: [] }, `secret of ${id}`);
    const row = await client.installation.findUnique({
      where: { platform_id: { platform: "slack", id: one } },
    });
    await client.installation.update({
      where: { platform_id: { platform: "slack", id: two } },
      data: { sealed: row!.sealed },
    });
    await expect(installations.secret(two)).rejects.toThrow("damaged or was changed");
    await client.installation.deleteMany({ where: { id: two } });
  });

  it("gather the tenants they serve, each once, also at the same moment", async () => {
    const installations = await book();
    const id = fresh();
    await installations.put({ id, tenants: ["slack:T1"] }, "secret");
    const tenants = ["slack:T2", "slack:T3", "slack:T2", "slack:T4"];
    await Promise.all(tenants.map((tenant) => installations.addTenant(id, tenant)));
    const left = await installations.leave({ id, tenants: ["slack:T5", "slack:T1"] });
    expect([...left.tenants].sort()).toEqual(["slack:T1", "slack:T2", "slack:T3", "slack:T4", "slack:T5"]);
    await installations.forget(id);
  });

  it("forget the secret when they are left, and what must be erased only once it is", async () => {
    const installations = await book();
    const id = fresh();
    const mine = async () => (await installations.left()).filter((one) => one.id === id);
    await installations.put({ id, tenants: ["slack:T1"] }, "secret");
    expect(await mine()).toEqual([]);
    await installations.leave({ id, tenants: [] });
    expect(await installations.secret(id)).toBeNull();
    expect(await mine()).toEqual([{ id, tenants: ["slack:T1"] }]);
    await installations.forget(id);
    expect(await mine()).toEqual([]);
  });

  it("can be left without having been put", async () => {
    const installations = await book();
    const id = fresh();
    expect(await installations.leave({ id, tenants: ["slack:T1"] })).toEqual({ id, tenants: ["slack:T1"] });
    await installations.forget(id);
    expect((await installations.left()).filter((one) => one.id === id)).toEqual([]);
  });

  it("stay when they were put again while they were being erased", async () => {
    const installations = await book();
    const id = fresh();
    await installations.leave({ id, tenants: ["slack:T1"] });
    await installations.put({ id, tenants: ["slack:T1"] }, "again");
    await installations.forget(id);
    expect(await installations.secret(id)).toBe("again");
  });

  it("are sealed anew after a change of the key, after which the earlier one is not needed", async () => {
    const id = fresh();
    await (await book()).put({ id, tenants: [] }, "secret");
    const newer = newKey();
    await expect((await book({ key: newer })).secret(id)).rejects.toThrow("SOME_KEYS_OLD");
    const rotating = await book({ key: newer, old: [key] });
    expect(await rotating.secret(id)).toBe("secret");
    expect(await rotating.reseal()).toBeGreaterThan(0);
    expect(await rotating.reseal()).toBe(0);
    const rotated = await book({ key: newer });
    expect(await rotated.secret(id)).toBe("secret");
    // For the tests beside this one.
    await (await book({ key, old: [newer] })).reseal();
  });
});
