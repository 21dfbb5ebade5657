/** What is kept of a person: in words, as files, and how they let it go. */
import type { Asker } from "../../src/domain/question.ts";
import type { Kept, Ledger, PersonExport } from "../../src/ports.ts";
import type { CommonTexts } from "./texts/english.ts";

export interface KeptFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Everything as files, each of at most `limit` bytes; `leftOut`: pictures that are larger than that. */
export interface KeptFiles {
  readonly files: readonly KeptFile[];
  readonly leftOut: number;
}

/**
 * What is kept, and whether it may be used for training, in sentences. `policy`: whether the tenants allow training at all;
 * `day` writes a date as the platform does. Pure.
 */
export function keptInWords(
  kept: readonly Kept[],
  { policy, day, texts }: { policy: boolean; day: (date: Date) => string; texts: CommonTexts },
): string {
  const words = texts.privacy;
  const sum = (count: (one: Kept) => number) => kept.reduce((total, one) => total + count(one), 0);
  const [questions, pictures, verdicts] = [
    sum((one) => one.questions),
    sum((one) => one.pictures),
    sum((one) => one.verdicts),
  ];
  const oldest = kept.flatMap(({ since }) => since ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
  const agreed = kept.some(({ trainingAllowed }) => trainingAllowed);
  return [
    questions + pictures + verdicts === 0
      ? words.nothing
      : words.kept(questions, pictures, verdicts, oldest === undefined ? null : day(oldest)),
    words.pseudonym,
    consentInWords(agreed, { policy, texts }),
  ].join("\n");
}

/** Whether what somebody asks may be used for training: who asked and their tenant's `policy` must both agree. Pure. */
export function consentInWords(
  agreed: boolean,
  { policy, texts: { privacy } }: { policy: boolean; texts: Pick<CommonTexts, "privacy"> },
): string {
  if (!agreed) return privacy.trainingOff;
  return policy ? privacy.trainingUsed : privacy.trainingNotHere;
}

/** All that is kept of these askers, who are one person. One JSON file, or where that is too large, the pictures beside it. */
export async function keptAsFiles(
  askers: readonly Asker[],
  ledger: Pick<Ledger, "exportPerson">,
  limit: number,
): Promise<KeptFiles> {
  const exports: PersonExport[] = [];
  for (const asker of askers) exports.push(await ledger.exportPerson(asker));
  const name = "rora-kept-of-me.json";
  const whole = json(exports);
  if (whole.length <= limit) return { files: [{ name, bytes: whole }], leftOut: 0 };
  const images = exports.flatMap((one) => one.images);
  const pictures = images.map(({ sha256, mediaType, base64 }) => ({
    name: `${sha256}.${mediaType.replace(/^.*\//, "").replace(/\W.*$/, "")}`,
    bytes: new Uint8Array(Buffer.from(base64, "base64")),
  }));
  const fitting = pictures.filter(({ bytes }) => bytes.length <= limit);
  const without = exports.map((one) => ({
    ...one,
    // The picture lies beside it, by this hash.
    images: one.images.map(({ base64: _, ...image }) => image),
  }));
  return {
    files: [...inParts(name, json(without), limit), ...fitting],
    leftOut: pictures.length - fitting.length,
  };
}

/** A file too large even so comes in parts that make one again, in order. */
function inParts(name: string, bytes: Uint8Array, limit: number): KeptFile[] {
  if (bytes.length <= limit) return [{ name, bytes }];
  const count = Math.ceil(bytes.length / limit);
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}.part${index + 1}`,
    bytes: bytes.subarray(index * limit, (index + 1) * limit),
  }));
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value, null, 2));
}

/** Files in the fewest messages, in order: at most ten in one, and together at most `limit` bytes. Pure. */
export function inMessages(files: readonly KeptFile[], limit: number): KeptFile[][] {
  const messages: KeptFile[][] = [];
  let size = 0;
  for (const file of files) {
    const last = messages.at(-1);
    if (last === undefined || last.length === 10 || size + file.bytes.length > limit) {
      messages.push([file]);
      size = file.bytes.length;
    } else {
      last.push(file);
      size += file.bytes.length;
    }
  }
  return messages;
}
