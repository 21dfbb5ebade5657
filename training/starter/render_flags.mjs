// Renders the flag drawings of npm packages to PNG (RGBA, 256 pixels wide, the drawing's own proportions).
// Usage: node render_flags.mjs OUTDIR [--artists FOLDER]   writes OUTDIR/<package>/<lowercase code>.png
// FOLDER/node_modules holds the further artists, which serve for figures only; without it they are left out.
import { mkdir, readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";

const width = 256;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { artists: { type: "string" } } });
const outputFolder = positionals[0];
if (!outputFolder) {
  console.error("usage: node render_flags.mjs OUTDIR [--artists FOLDER]");
  process.exit(2);
}

const plainCode = (file) => file.slice(0, -".svg".length).toLowerCase();
/** A flag emoji is two regional indicators, U+1F1E6 for A and so on. */
const emojiCode = (file) => {
  const points = file.slice(0, -".svg".length).split("-").map((point) => Number.parseInt(point, 16) - 0x1f1e6);
  return points.length === 2 && points.every((point) => point >= 0 && point < 26)
    ? String.fromCharCode(...points.map((point) => point + "a".charCodeAt(0)))
    : null;
};
const artists = [
  { name: "flag-icons", folder: "flags/4x3", code: plainCode },
  { name: "country-flag-icons", folder: "3x2", code: plainCode },
  { name: "svg-country-flags", folder: "svg", code: plainCode, further: true },
  { name: "@twemoji/svg", folder: ".", code: emojiCode, further: true },
].filter(({ further }) => !further || values.artists);

/** The folder a package is installed in, found without relying on what the package exports. */
function packageFolder(name, further) {
  const require = createRequire(further ? join(resolve(values.artists), "index.js") : import.meta.url);
  for (const base of require.resolve.paths(name) ?? []) {
    try {
      return dirname(require.resolve(join(base, name, "package.json")));
    } catch {
      // not installed here; look one folder further up
    }
  }
  throw new Error(`the package ${name} is not installed`);
}

for (const { name, folder, code, further } of artists) {
  const source = join(packageFolder(name, further), folder);
  const target = join(outputFolder, name.split("/").at(-2)?.slice(1) ?? name);
  await mkdir(target, { recursive: true });
  const files = (await readdir(source)).filter((file) => file.endsWith(".svg") && code(file) !== null).sort();
  for (const file of files) {
    const drawing = await readFile(join(source, file));
    const { width: nativeWidth = width } = await sharp(drawing, { limitInputPixels: false }).metadata();
    // Rasterise at twice the target (density counts from 72) and reduce: smooth edges on thin lines.
    const density = Math.min(2400, Math.max(1, Math.ceil((72 * 2 * width) / nativeWidth)));
    const drawn = sharp(drawing, { density }).ensureAlpha();
    // An emoji stands in a transparent square.
    const flag = further ? sharp(await drawn.trim({ background: "#0000", threshold: 1 }).png().toBuffer()) : drawn;
    await flag.resize({ width }).png().toFile(join(target, `${code(file)}.png`));
  }
  console.log(`${name}: ${files.length} drawings`);
}
