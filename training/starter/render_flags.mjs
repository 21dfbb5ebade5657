// Renders the flag drawings of two npm packages to PNG (RGBA, 256 pixels wide, the drawing's own proportions).
// Usage: node render_flags.mjs OUTDIR   writes OUTDIR/<package>/<lowercase code>.png
import { mkdir, readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp from "sharp";

const width = 256;
const require = createRequire(import.meta.url);
const artists = [
  { name: "flag-icons", folder: "flags/4x3" },
  { name: "country-flag-icons", folder: "3x2" },
];

const outputFolder = process.argv[2];
if (!outputFolder) {
  console.error("usage: node render_flags.mjs OUTDIR");
  process.exit(2);
}

/** The folder a package is installed in, found without relying on what the package exports. */
function packageFolder(name) {
  for (const base of require.resolve.paths(name) ?? []) {
    try {
      return dirname(require.resolve(join(base, name, "package.json")));
    } catch {
      // not installed here; look one folder further up
    }
  }
  throw new Error(`the package ${name} is not installed`);
}

for (const { name, folder } of artists) {
  const source = join(packageFolder(name), folder);
  const target = join(outputFolder, name);
  await mkdir(target, { recursive: true });
  const files = (await readdir(source)).filter((file) => file.endsWith(".svg")).sort();
  for (const file of files) {
    const code = file.slice(0, -".svg".length).toLowerCase();
    const drawing = await readFile(join(source, file));
    const { width: nativeWidth = width } = await sharp(drawing).metadata();
    // Rasterise at twice the target (density counts from 72) and reduce: smooth edges on thin lines.
    const density = Math.min(2400, Math.max(1, Math.ceil((72 * 2 * width) / nativeWidth)));
    await sharp(drawing, { density }).resize({ width }).ensureAlpha().png().toFile(join(target, `${code}.png`));
  }
  console.log(`${name}: ${files.length} drawings`);
}
