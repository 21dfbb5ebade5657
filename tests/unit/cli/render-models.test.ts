import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  renderBytes,
  renderCachedModel,
  renderCatalogueEntry,
  renderPlan,
  renderUse,
  renderVerification,
} from "../../../src/cli/render-models.ts";
import { ANSWER_GRAPHS, graphPath, IMAGE_GRAPHS, TEXT_GRAPHS } from "../../../src/domain/model-files.ts";
import { catalogue } from "../../../src/model-catalogue.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";
const plan = {
  model: { name: "owner/tiny" },
  commit,
  licence: "mit",
  files: [],
  precisions: ["fp32", "q4"],
  lacking: { encoding: [], answering: [] },
  bytes: 254_106,
} as const;
const cached = {
  name: "owner/tiny",
  commit,
  revisions: ["main", "v1"],
  precisions: ["fp32"],
  bytes: 1_300_000_000,
  licence: null,
  unfinished: false,
} as const;

it.each([
  [0, "0.0 kB"],
  [254_106, "254.1 kB"],
  [22_565_497, "22.6 MB"],
  [1_300_000_000, "1.3 GB"],
])("%i bytes are %s", (bytes, text) => {
  expect(renderBytes(bytes)).toBe(text);
});

describe("a pull on a terminal", () => {
  it("has what comes and under which licence", () => {
    expect(renderPlan("owner/tiny", plan)).toEqual([
      "owner/tiny: 0 files, 254.1 kB, graphs in fp32 and q4, commit 0123456789ab",
      "Licence: mit.",
    ]);
  });

  it("warns when no licence is named", () => {
    expect(renderPlan("owner/tiny", { ...plan, licence: null })[1]).toContain("names none");
  });

  it("says which variable takes it, and what must stand beside it", () => {
    const missing = ["onnx/a.onnx"];
    const use = (encoding: string[], answering: string[]) => renderUse("owner/tiny", { encoding, answering });
    expect(use([], [])).toBe("Set MODEL_DIR=owner/tiny to use it.");
    expect(use([], missing)).toMatch(/does not answer.*MODEL_DIR=owner\/tiny.*VLM_URL/);
    expect(use(missing, [])).toBe("Rora cannot run it as it is: it has no onnx/a.onnx.");
  });
});

describe("a model in the list", () => {
  it("is named so that MODEL_DIR takes it", () => {
    expect(renderCachedModel(cached)).toBe("  owner/tiny@main, v1 · 1.3 GB · fp32 · licence not known");
    expect(renderCachedModel({ ...cached, revisions: [] })).toContain(`owner/tiny@${commit} · `);
  });

  it("that is not whole says what to do", () => {
    const begun = { ...cached, commit: null, revisions: [], precisions: [], bytes: 0, unfinished: true };
    expect(renderCachedModel(begun)).toBe(
      "  owner/tiny · 0.0 kB · no graphs yet · licence not known · a download was cut off: pull again to go on",
    );
  });
});

describe("a verification on a terminal", () => {
  const fine = { precisions: ["q4"], files: 2, bytes: 1_000, problems: [], unasked: null } as const;

  it("says that all is well", () => {
    expect(renderVerification("owner/tiny", fine)).toEqual([
      "owner/tiny: 2 files, 1.0 kB, all with the right hash.",
    ]);
  });

  it("names what is wrong and the command that repairs it, in the same precision", () => {
    const lines = renderVerification("owner/tiny", { ...fine, problems: ["config.json is missing."] });
    expect(lines).toEqual([
      "owner/tiny: 2 files, 1.0 kB, 1 wrong:",
      "  config.json is missing.",
      expect.stringContaining("models pull owner/tiny --dtype q4`"),
    ]);
  });

  it("says when the hub was not asked", () => {
    expect(renderVerification("owner/tiny", { ...fine, unasked: "HF_HUB_OFFLINE is set." })[1]).toContain(
      "HF_HUB_OFFLINE",
    );
  });
});

describe("the catalogue", () => {
  it("names each model with licence, memory and what refinement does", () => {
    for (const entry of catalogue)
      expect(renderCatalogueEntry(entry)).toMatch(
        /about [1-9]\d* MB of memory · licence \S+\n.*\n.*refinement: /,
      );
  });

  it("has only folders that are there, in the precision it names", () => {
    const folders = catalogue.filter(({ model }) => model.startsWith("models/"));
    expect(folders.length).toBeGreaterThan(0);
    for (const { model, dtype } of folders)
      for (const graph of [IMAGE_GRAPHS[0], TEXT_GRAPHS[0], ...ANSWER_GRAPHS]) {
        const folder = fileURLToPath(new URL(`../../../${model}`, import.meta.url));
        expect(existsSync(join(folder, graphPath(graph, dtype)))).toBe(true);
      }
  });
});
