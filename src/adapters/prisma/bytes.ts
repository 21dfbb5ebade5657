/**
 * Pictures in and out of the database. They travel as base64 and not by Prisma's `Bytes`, which for the embedded
 * database spells every byte out in JavaScript: a photo of 3 MB takes 0.1 s so, and blocked the process for 1 s.
 */
import type { PrismaClient } from "../../generated/prisma/client.ts";

type Raw = Pick<PrismaClient, "$executeRawUnsafe" | "$queryRawUnsafe">;

const toBase64 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

/** Keeps knowledge pictures by hash; those already there stay. */
export async function writePictures(
  raw: Raw,
  pictures: readonly { sha256: string; bytes: Uint8Array }[],
): Promise<void> {
  await raw.$executeRawUnsafe(
    `insert into "Picture" (sha256, bytes)
     select sha256, decode(base64, 'base64') from unnest($1::text[], $2::text[]) as picture (sha256, base64)
     on conflict do nothing`,
    pictures.map((picture) => picture.sha256),
    pictures.map((picture) => toBase64(picture.bytes)),
  );
}

/** Bytes of knowledge pictures by hash; unknown hashes are left out. */
export async function readPictures(raw: Raw, hashes: readonly string[]): Promise<Map<string, Uint8Array>> {
  const rows = await raw.$queryRawUnsafe<{ sha256: string; base64: string }[]>(
    `select sha256, encode(bytes, 'base64') as base64 from "Picture" where sha256 = any($1::text[])`,
    [...hashes],
  );
  return new Map(rows.map((row) => [row.sha256, fromBase64(row.base64)]));
}

/** Keeps a picture somebody posted; once for each tenant. */
export async function writeKeptImage(
  raw: Raw,
  image: { tenant: string; sha256: string; mediaType: string; bytes: Uint8Array },
): Promise<void> {
  await raw.$executeRawUnsafe(
    `insert into "KeptImage" (tenant, sha256, "mediaType", bytes) values ($1, $2, $3, decode($4, 'base64'))
     on conflict do nothing`,
    image.tenant,
    image.sha256,
    image.mediaType,
    toBase64(image.bytes),
  );
}

/** Bytes of a picture somebody posted; null when they are not (or no longer) kept. */
export async function readKeptImage(raw: Raw, tenant: string, sha256: string): Promise<Uint8Array | null> {
  const [row] = await raw.$queryRawUnsafe<{ base64: string }[]>(
    `select encode(bytes, 'base64') as base64 from "KeptImage" where tenant = $1 and sha256 = $2`,
    tenant,
    sha256,
  );
  return row === undefined ? null : fromBase64(row.base64);
}
